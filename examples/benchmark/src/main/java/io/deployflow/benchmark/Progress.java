package io.deployflow.benchmark.ecs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells each step that is done, how many there are, and how long the rest will take. Thread-safe. */
final class Progress {
    private static final int SECONDS_A_MINUTE = 60;

    private final PrintStream out;
    private int steps;
    private int done;
    private Duration left = Duration.ZERO;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Adds steps to be done; {@code each} is what one of them adds to the whole time. */
    synchronized void plan(int count, Duration each) {
        steps += count;
        left = left.plus(each.multipliedBy(count));
    }

    /** Tells a step, which was planned to take so long. */
    synchronized void done(Duration planned, String what) {
        done++;
        left = left.minus(planned);
        out.printf("[%3d/%d, about %s left]  %s%n", done, steps, minutes(left), what);
    }

    /** What is to be done. */
    @Override
    public synchronized String toString() {
        return "%d steps, about %s".formatted(steps, minutes(left));
    }

    private static String minutes(Duration time) {
        return time.toSeconds() < SECONDS_A_MINUTE
                ? "a minute"
                : String.format(Locale.ROOT, "%d minutes", Math.round(time.toSeconds() / (double) SECONDS_A_MINUTE));
    }
}
