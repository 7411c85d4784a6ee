package io.deployflow.spi;

import io.deployflow.CancellationToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks again and again until there is an answer: often at first, less often later, never in step with others.
 *
 * @param first the pause between questions at first
 * @param later the pause after {@code eager} has passed
 * @param eager how long to ask often
 */
public record Poller(Duration first, Duration later, Duration eager) {
    private static final double JITTER = 0.2;

    /** Asks at a steady pace. */
    public static Poller every(Duration pause) {
        return new Poller(pause, pause, Duration.ZERO);
    }

    /**
     * Asks at once, and then until there is an answer or the time is up.
     *
     * @param within how long to go on; the question under way when it ends still counts
     * @param question empty while there is no answer yet
     * @return the answer, or empty when the time was up
     * @throws io.deployflow.DeployCancelledException as soon as the token is cancelled
     */
    public <T> Optional<T> ask(Duration within, CancellationToken cancellation, Supplier<Optional<T>> question) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (CancellationToken.Registration registration = cancellation.onCancel(cancelled::countDown)) {
            long start = System.nanoTime();
            while (true) {
                cancellation.throwIfCancelled();
                Optional<T> answer = question.get();
                Duration spent = Duration.ofNanos(System.nanoTime() - start);
                if (answer.isPresent() || spent.compareTo(within) >= 0) {
                    return answer;
                }
                pause(cancelled, shorter(pauseAfter(spent), within.minus(spent)));
            }
        }
    }

    private Duration pauseAfter(Duration spent) {
        Duration pause = spent.compareTo(eager) < 0 ? first : later;
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofNanos((long) (pause.toNanos() * factor));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void pause(CountDownLatch cancelled, Duration pause) {
        try {
            cancelled.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
