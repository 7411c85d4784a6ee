package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {
    @Test
    void interval_isWilsons() {
        // Of the usual tables: 8 of 10.
        Rate rate = new Rate(8, 10);

        assertThat(rate.least()).isCloseTo(0.490, within(0.001));
        assertThat(rate.most()).isCloseTo(0.943, within(0.001));
    }

    @Test
    void text_saysWhatFewOrEqualRunsLeaveOpen() {
        assertThat(new Rate(1, 1)).hasToString("1 of 1 (21-100 %)");
        assertThat(new Rate(20, 20)).hasToString("20 of 20 (84-100 %)");
        assertThat(new Rate(0, 20)).hasToString("0 of 20 (0-16 %)");
        assertThat(new Rate(0, 0)).hasToString("-");
    }
}
