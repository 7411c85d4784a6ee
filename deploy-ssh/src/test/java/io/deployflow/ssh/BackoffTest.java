package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }

    @Test
    void pause_atMost_doublesUpToTheLongest() {
        LongStream most = IntStream.of(1, 2, 3, 4, 5, 6, 1000)
                .mapToLong(tries -> backoff.pause(tries, always(1)).toMillis());

        assertThat(most.toArray()).containsExactly(100, 200, 400, 800, 1600, 2000, 2000);
    }

    @Test
    void pause_atLeast_isNone() {
        assertThat(backoff.pause(7, always(0))).isEqualTo(Duration.ZERO);
    }
}
