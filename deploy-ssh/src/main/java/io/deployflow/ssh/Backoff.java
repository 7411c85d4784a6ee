package io.deployflow.ssh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again what was dropped: any time up to a bound that doubles with every try ("full
 * jitter"), so that those who were dropped together do not come back together.
 *
 * @param first the bound of the first pause
 * @param longest the bound that it does not pass
 */
record Backoff(Duration first, Duration longest) {
    // Beyond it every pause is bounded by the longest anyway.
    private static final int MOST_DOUBLINGS = 20;

    /**
     * A pause.
     *
     * @param tries how many have failed, from 1
     */
    Duration pause(int tries, RandomGenerator random) {
        long bound = Math.min(longest.toNanos(), first.toNanos() << Math.min(tries - 1, MOST_DOUBLINGS));
        return Duration.ofNanos((long) (bound * random.nextDouble()));
    }
}
