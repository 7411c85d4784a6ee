package io.deployflow.ecs;

import io.deployflow.CancellationToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks again and again, as often as what is known makes worth it, and never in step with others. Time is a part of it,
 * so that a test can let it pass.
 *
 * @param nanos a clock that only goes forward
 * @param sleep lets time pass
 */
record Pace(LongSupplier nanos, Sleep sleep) {
    /** The time of this machine. */
    static final Pace REAL = new Pace(System::nanoTime, Pace::await);

    private static final Duration EAGER = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(2);
    private static final double JITTER = 0.1;

    /** Lets time pass, and ends early when the token is cancelled. */
    @FunctionalInterface
    interface Sleep {
        void pause(Duration time, CancellationToken cancellation);
    }

    /**
     * Asks at once, and then until there is an answer or the time is up: often at first, less often later.
     *
     * @return the answer, or empty when the time was up
     * @throws io.deployflow.DeployCancelledException as soon as the token is cancelled
     */
    <T> Optional<T> ask(Duration within, CancellationToken cancellation, Supplier<Optional<T>> question) {
        long start = nanos.getAsLong();
        return ask(within, cancellation, question, () -> since(start).compareTo(EAGER) < 0 ? OFTEN : SELDOM);
    }

    /**
     * The same with pauses of its own.
     *
     * @param pause how long to wait before the next question; asked after each
     */
    <T> Optional<T> ask(
            Duration within, CancellationToken cancellation, Supplier<Optional<T>> question, Supplier<Duration> pause) {
        long start = nanos.getAsLong();
        while (true) {
            cancellation.throwIfCancelled();
            Optional<T> answer = question.get();
            Duration left = within.minus(since(start));
            if (answer.isPresent() || left.isNegative() || left.isZero()) {
                return answer;
            }
            Duration next = jittered(pause.get());
            sleep.pause(next.compareTo(left) < 0 ? next : left, cancellation);
        }
    }

    /** How long ago a moment of {@link #nanos} was. */
    Duration since(long moment) {
        return Duration.ofNanos(nanos.getAsLong() - moment);
    }

    private static Duration jittered(Duration pause) {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofNanos((long) (pause.toNanos() * factor));
    }

    private static void await(Duration time, CancellationToken cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (CancellationToken.Registration registration = cancellation.onCancel(cancelled::countDown)) {
            cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
