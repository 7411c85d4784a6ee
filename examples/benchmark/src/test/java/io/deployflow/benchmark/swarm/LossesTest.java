package io.deployflow.benchmark.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final int HOSTS = 2000;

    @Test
    void strike_ofTheSameSeed_losesTheSameAttempts() {
        assertThat(first(7)).isEqualTo(first(7)).isNotEqualTo(first(8));
    }

    @Test
    void strike_ofManyHosts_losesTheShare() {
        assertThat(first(7).stream().filter(lost -> lost).count()).isBetween(70L, 130L);
    }

    @Test
    void strike_ofTheNextAttempt_isDecidedAnew() {
        Losses losses = Losses.of(0.5, 1);

        List<Boolean> attempts =
                IntStream.range(0, 64).mapToObj(attempt -> losses.strike(3)).toList();

        assertThat(attempts).contains(true, false);
    }

    @Test
    void strike_whereNothingIsToBeLost_losesNothing() {
        assertThat(Losses.NONE.strike(3)).isFalse();
    }

    @Test
    void read_ofItsLine_losesTheSame() {
        Losses read = Losses.read(Losses.of(0.05, 12).line());

        assertThat(read).isEqualTo(Losses.of(0.05, 12));
    }

    private static List<Boolean> first(long seed) {
        Losses losses = Losses.of(0.05, seed);
        return IntStream.range(0, HOSTS).mapToObj(host -> losses.strike(host)).toList();
    }
}
