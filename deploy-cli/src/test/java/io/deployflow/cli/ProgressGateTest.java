package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Phase;
import io.deployflow.event.DeployEvent;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProgressGateTest {
    private final ProgressGate gate = new ProgressGate();

    @Test
    void passes_whenEventsAreMany_letsEachQuarterThroughOnce() {
        assertThat(LongStream.rangeClosed(0, 100).filter(done -> passes(0, "app1", done, 100)))
                .containsExactly(25L, 50L, 75L, 100L);
    }

    @Test
    void passes_whenWorkIsSlow_letsOneThroughEvery5Seconds() {
        assertThat(LongStream.rangeClosed(0, 14).filter(second -> passes(second, "app1", second, 1000)))
                .containsExactly(5L, 10L);
    }

    @Test
    void passes_whenTheTotalIsUnknown_goesByTime() {
        assertThat(LongStream.rangeClosed(0, 9).filter(second -> passes(second, "app1", second * 100, 0)))
                .containsExactly(5L);
    }

    @Test
    void passes_whenUnitsDiffer_countsEachByItself() {
        assertThat(passes(0, "app1", 50, 100)).isTrue();
        assertThat(passes(0, "app2", 50, 100)).isTrue();
        assertThat(passes(0, "app1", 60, 100)).isFalse();
    }

    private boolean passes(long second, String unit, long done, long total) {
        return gate.passes(new DeployEvent.Progress(
                Instant.ofEpochSecond(second),
                "staging",
                Phase.PUSH,
                unit,
                "upload",
                DeployEvent.Measure.PIECES,
                done,
                total));
    }
}
