package io.deployflow.internal.compare;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Times, sizes and lists as people read them. */
final class Words {
    private static final double KILO = 1000;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int TENTH = 100;
    private static final double MANY_TIMES = 9.95;

    private Words() {}

    /** {@code 340 ms}, {@code 2.2 s}, {@code 34 s}, {@code 5 min 04 s}. */
    static String time(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds < 0.9995) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * KILO);
        } else if (seconds < 9.995) {
            return String.format(Locale.ROOT, seconds < 1.995 ? "%.2f s" : "%.1f s", seconds);
        } else if (seconds < SECONDS_A_MINUTE * 2 - 0.5) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d min %02d s", whole / SECONDS_A_MINUTE, whole % SECONDS_A_MINUTE);
    }

    /** {@code 12 B}, {@code 1.2 kB}, {@code 20.4 MB}. */
    static String bytes(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        return bytes < KILO * KILO
                ? String.format(Locale.ROOT, "%.1f kB", bytes / KILO)
                : String.format(Locale.ROOT, "%.1f MB", bytes / KILO / KILO);
    }

    /** {@code 3.1 times}, {@code 24 times}. */
    static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < MANY_TIMES ? "%.1f times" : "%.0f times", ratio);
    }

    /** {@code 4,096}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 0.02 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, share >= 0.9995 || share < 0.0995 ? "%.2f %%" : "%.1f %%", share * TENTH);
    }

    /** {@code a, b and c}. */
    static String list(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }

    /** {@code 1 run}, {@code 5 runs}. */
    static String counted(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
