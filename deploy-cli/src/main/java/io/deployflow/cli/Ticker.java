package io.deployflow.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Does something again and again. */
@FunctionalInterface
interface Ticker {
    /**
     * Starts.
     *
     * @return ends it
     */
    Handle start(Runnable action);

    /** Ends what was started. */
    @FunctionalInterface
    interface Handle extends AutoCloseable {
        @Override
        void close();
    }

    /** Often enough for a clock that shows tenths of a second. */
    static Ticker every100Milliseconds() {
        return action -> {
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "deployflow-screen");
                thread.setDaemon(true);
                return thread;
            });
            ScheduledFuture<?> ticking = timer.scheduleAtFixedRate(action, 100, 100, TimeUnit.MILLISECONDS);
            return () -> {
                ticking.cancel(false);
                timer.shutdown();
            };
        };
    }
}
