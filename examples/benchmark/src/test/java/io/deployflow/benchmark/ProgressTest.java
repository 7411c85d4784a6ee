package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.simulated.SimulatedClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
    private final Progress progress = new Progress(new PrintStream(printed, true, StandardCharsets.UTF_8), clock);

    @Test
    void left_beforeAnything_isThePlan() {
        progress.plan(10, Duration.ofMinutes(1));

        assertThat(progress).hasToString("10 steps, about 10 minutes");
    }

    @Test
    void left_onASlowMachine_growsWithThePace() {
        progress.plan(10, Duration.ofMinutes(1));
        clock.move(Duration.ofMinutes(10));
        progress.done(Duration.ofMinutes(1), "a step");
        progress.done(Duration.ofMinutes(1), "another");

        // Five times as slow as planned, and eight minutes were planned for the rest.
        assertThat(progress.left()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(40));
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("[  2/10, about 35 minutes left]  another");
    }

    @Test
    void left_whereTheTimeIsOverBefore_isThatTime() {
        progress.plan(10, Duration.ofMinutes(1));
        progress.endsBy(clock.instant().plus(Duration.ofMinutes(4)));
        assertThat(progress.left()).isEqualTo(Duration.ofMinutes(4));

        // What is under way, or must be done all the same, goes by its plan.
        clock.move(Duration.ofMinutes(5));
        assertThat(progress.left()).isGreaterThan(Duration.ofMinutes(9));
    }

    @Test
    void left_whereAStepIsLeftOut_goesByWhatWasDone() {
        progress.plan(3, Duration.ofMinutes(1));
        clock.move(Duration.ofMinutes(1));
        progress.done(Duration.ofMinutes(1), "a step");
        progress.leftOut(Duration.ofMinutes(1), "no time for it");

        assertThat(progress.left()).isEqualTo(Duration.ofMinutes(1));
    }
}
