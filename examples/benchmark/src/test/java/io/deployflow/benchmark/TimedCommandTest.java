package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimedCommandTest {
    @Test
    void run_whenACommandFails_tellsItsStatusAndAllThatItWrote() {
        Timed run = TimedCommand.run(
                List.of("sh", "-c", "echo out; echo \"err $GIVEN\" >&2; exit 7"), Map.of("GIVEN", "word"));

        assertThat(run.status()).isEqualTo(7);
        assertThat(run.output()).isEqualTo("out\nerr word");
    }

    @Test
    void run_whenACommandsChildWorks_countsItsProcessorTimeAndNoSleep() {
        Timed busy = TimedCommand.run(
                List.of("sh", "-c", "sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'"), Map.of());
        Timed idle = TimedCommand.run(List.of("sleep", "0.1"), Map.of());

        assertThat(busy.cpu()).isPositive();
        assertThat(idle.wall()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(idle.cpu()).isLessThan(idle.wall());
    }
}
