package io.deployflow.cli;

import io.deployflow.event.DeployEvent.Measure;
import io.deployflow.event.DeployEvent.Progress;
import java.time.Duration;
import java.util.Locale;

/** Times and sizes in words. Most commands tell some, and Java's formatter takes a while for its first. */
final class Amounts {
    private static final long KILO = 1000;
    private static final int TENTH = 10;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int HALF_A_SECOND = 500;

    private Amounts() {}

    /** Tenths of a second: {@code 3.2s}, {@code 64.0s}. */
    static String seconds(Duration time) {
        return tenths(time.toMillis(), KILO) + "s";
    }

    /** For people: {@code 3.2s}, {@code 1m 04s}. */
    static String time(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? seconds(time)
                : String.format(Locale.ROOT, "%dm %02ds", time.toMinutes(), time.toSecondsPart());
    }

    /** Whole seconds, for what nobody measured: {@code 5 s}, {@code 4 min 30 s}. */
    static String about(Duration time) {
        long seconds = time.plusMillis(HALF_A_SECOND).toSeconds();
        if (seconds < SECONDS_A_MINUTE) {
            return seconds + " s";
        }
        long rest = seconds % SECONDS_A_MINUTE;
        return seconds / SECONDS_A_MINUTE + " min" + (rest == 0 ? "" : " " + rest + " s");
    }

    /** How much of a work is done: {@code 1.2/20.4 MB}, {@code 3/7}, or {@code 1.2 MB} where the total is not known. */
    static String progress(Progress progress) {
        long done = progress.done();
        long total = progress.total();
        if (progress.measure() == Measure.PIECES) {
            return total == 0 ? Long.toString(done) : done + "/" + total;
        }
        return total == 0 ? bytes(done, done) : bytes(done, total).replaceAll(" .*", "") + "/" + bytes(total, total);
    }

    /** The share that is done in percent, from 0 to 100; 0 where the total is not known. */
    static int percent(long done, long total) {
        return total <= 0 ? 0 : (int) Math.max(0, Math.min(100, done * 100 / total));
    }

    private static String bytes(long value, long scale) {
        if (scale < KILO) {
            return value + " B";
        }
        return scale < KILO * KILO ? tenths(value, KILO) + " kB" : tenths(value, KILO * KILO) + " MB";
    }

    /** Rounded to one digit after the point. A time is less than nothing where a clock was set back. */
    private static String tenths(long value, long one) {
        long tenths = (Math.abs(value) + one / TENTH / 2) / (one / TENTH);
        return (value < 0 ? "-" : "") + tenths / TENTH + "." + tenths % TENTH;
    }
}
