package io.deployflow.benchmark;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Durations as people compare them. */
public final class Seconds {
    private static final int PRECISE_BELOW_MILLIS = 10_000;

    private Seconds() {}

    /** Two digits after the point below ten seconds, one above. */
    public static String of(Duration duration) {
        return String.format(
                Locale.ROOT,
                duration.toMillis() < PRECISE_BELOW_MILLIS ? "%.2f" : "%.1f",
                duration.toMillis() / 1000.0);
    }

    public static String of(Optional<Duration> duration) {
        return duration.map(Seconds::of).orElse("-");
    }
}
