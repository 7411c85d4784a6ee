package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class WindowGrowthTest {
    private static final long PART = 32 << 10;
    private static final long FIRST = 256 << 10;
    private static final long MOST = 2 << 20;

    private final WindowGrowth growth = new WindowGrowth(FIRST, MOST);

    @Test
    void grow_whereTheHostTakesSoMuchWhateverIsOnItsWay_triesOneDoublingOnly() {
        assertThat(windowAfter(64 << 20, window -> Duration.ofMillis(1).toNanos()))
                .isEqualTo(2 * FIRST);
    }

    @Test
    void grow_whereTheHostTakesAWindowARoundTrip_reachesTheMost() {
        long roundTrip = Duration.ofMillis(50).toNanos();

        assertThat(windowAfter(12 << 20, window -> roundTrip * PART / window)).isEqualTo(MOST);
    }

    @Test
    void grow_whereTheLineBecomesFull_stopsAtTheFirstDoublingThatWasForNothing() {
        long roundTrip = Duration.ofMillis(50).toNanos();
        long full = roundTrip * PART / (2 * FIRST);

        assertThat(windowAfter(64 << 20, window -> Math.max(full, roundTrip * PART / window)))
                .isEqualTo(4 * FIRST);
    }

    @Test
    void grow_whileNoMoreIsSentThanFitsIntoTheWindow_staysAsItIs() {
        assertThat(windowAfter(FIRST, window -> 1)).isEqualTo(FIRST);
    }

    /** Of many bytes in parts, each of which takes as long as the window makes it. */
    private long windowAfter(long bytes, LongUnaryOperator nanosPerPart) {
        long window = FIRST;
        for (long sent = 0; sent < bytes; sent += PART) {
            window += growth.grow(PART, nanosPerPart.applyAsLong(window));
        }
        return window;
    }
}
