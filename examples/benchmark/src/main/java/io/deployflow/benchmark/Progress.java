package io.deployflow.benchmark;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells each step that is done, how many there are, and how long the rest will take: what was planned for it, at the
 * pace at which what is done was done. Thread-safe.
 */
public final class Progress {
    private static final int SECONDS_A_MINUTE = 60;
    private static final double MILLIS = 1000;
    /** Until so much has been done the plan is believed more than the pace. */
    private static final double BELIEVED_SECONDS = 20;

    private final PrintStream out;
    private final Clock clock;
    private final Instant begun;
    private int steps;
    private int done;
    private Duration left = Duration.ZERO;
    private Duration behind = Duration.ZERO;
    private Instant end = Instant.MAX;

    /** Begins now. */
    public Progress(PrintStream out) {
        this(out, Clock.systemUTC());
    }

    /** Begins now, by a clock. */
    public Progress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** Says when the time for all of it is over: what is planned beyond that will be left out. */
    public synchronized void endsBy(Instant time) {
        end = time;
    }

    /** Adds steps to be done; {@code each} is what one of them adds to the whole time. */
    public synchronized void plan(int count, Duration each) {
        steps += count;
        left = left.plus(each.multipliedBy(count));
    }

    /** Tells a step, which was planned to take so long. */
    public synchronized void done(Duration planned, String what) {
        behind = behind.plus(planned);
        tell(planned, what);
    }

    /** Tells a step that is not done after all, because the time for it is over. */
    public synchronized void leftOut(Duration planned, String what) {
        tell(planned, what);
    }

    private void tell(Duration planned, String what) {
        done++;
        left = left.minus(planned);
        out.printf("[%3d/%d, about %s left]  %s%n", done, steps, minutes(left()), what);
    }

    /** How long the rest will take, as far as can be known. */
    public synchronized Duration left() {
        double taken = Duration.between(begun, clock.instant()).toMillis() / MILLIS;
        double pace = (taken + BELIEVED_SECONDS) / (behind.toMillis() / MILLIS + BELIEVED_SECONDS);
        Duration planned = Duration.ofMillis((long) (left.toMillis() * pace));
        Duration time = Duration.between(clock.instant(), end);
        return time.isNegative() || planned.compareTo(time) < 0 ? planned : time;
    }

    /** What is to be done. */
    @Override
    public synchronized String toString() {
        return "%d steps, about %s".formatted(steps, minutes(left()));
    }

    private static String minutes(Duration time) {
        long minutes = Math.round(time.toSeconds() / (double) SECONDS_A_MINUTE);
        return minutes <= 1 ? "a minute" : minutes + " minutes";
    }
}
