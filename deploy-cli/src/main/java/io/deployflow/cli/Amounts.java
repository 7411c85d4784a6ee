package io.deployflow.cli;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes in words. */
final class Amounts {
    private static final long PIECES_AT_MOST = 1000;
    private static final double KILO = 1000;

    private Amounts() {}

    /** Tenths of a second: {@code 3.2s}, {@code 64.0s}. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
    }

    /** For people: {@code 3.2s}, {@code 1m 04s}. */
    static String time(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? seconds(time)
                : String.format(Locale.ROOT, "%dm %02ds", time.toMinutes(), time.toSecondsPart());
    }

    /** How much of a work is done: {@code 1.2/20.4 MB}, {@code 3/7}, or {@code 1.2 MB} where the total is not known. */
    static String progress(long done, long total) {
        if (total == 0) {
            return amount(done, done);
        }
        return amount(done, total).replaceAll(" .*", "") + "/" + amount(total, total);
    }

    /** The share that is done in percent, from 0 to 100; 0 where the total is not known. */
    static int percent(long done, long total) {
        return total <= 0 ? 0 : (int) Math.max(0, Math.min(100, done * 100 / total));
    }

    /** Events do not say whether they count bytes or pieces; nobody has so many pieces. */
    private static String amount(long value, long scale) {
        if (scale < PIECES_AT_MOST) {
            return Long.toString(value);
        }
        return scale < KILO * KILO
                ? String.format(Locale.ROOT, "%.1f kB", value / KILO)
                : String.format(Locale.ROOT, "%.1f MB", value / KILO / KILO);
    }
}
