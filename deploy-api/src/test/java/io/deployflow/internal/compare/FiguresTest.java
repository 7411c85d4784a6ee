package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void isCloseTo_whereTheDifferenceIsSmallOrRunsOverlap_isTrue() {
        assertThat(of(2800).isCloseTo(of(2900))).isTrue();
        assertThat(of(2000, 3000, 4000).isCloseTo(of(3000, 4000, 5000))).isTrue();
    }

    @Test
    void isCloseTo_whereRunsLieApart_isFalse() {
        assertThat(of(2000).isCloseTo(of(2700))).isFalse();
        assertThat(of(2000, 2100, 2200).isCloseTo(of(3000, 4000, 5000))).isFalse();
    }

    private static Figures of(long... millis) {
        List<Duration> times =
                LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
        return Figures.of(times).orElseThrow();
    }
}
