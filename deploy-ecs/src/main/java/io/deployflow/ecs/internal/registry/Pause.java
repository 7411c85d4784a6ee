package io.deployflow.ecs.internal.registry;

import io.deployflow.CancellationToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits before a registry is asked again. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits.
     *
     * @throws io.deployflow.DeployCancelledException as soon as the token is cancelled
     */
    void pause(Duration time, CancellationToken cancellation);

    /** Really waits; a little more or less, so that those who were refused together do not come again together. */
    static Pause real() {
        return (time, cancellation) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            try (CancellationToken.Registration registration = cancellation.onCancel(cancelled::countDown)) {
                long spread = ThreadLocalRandom.current().nextLong(time.toNanos() / 4 + 1);
                cancelled.await(time.toNanos() + spread, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a registry", e);
            }
            cancellation.throwIfCancelled();
        };
    }
}
