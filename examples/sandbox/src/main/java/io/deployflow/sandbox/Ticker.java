package io.deployflow.sandbox;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, in a thread of its own. */
final class Ticker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread ticker = new Thread(work, "sandbox-ticker");
        ticker.setDaemon(true);
        return ticker;
    });

    /** Begins; with a pause of so many milliseconds between the end of one time and the next. */
    static Ticker every(long millis, Runnable work) {
        Ticker ticker = new Ticker();
        ScheduledFuture<?> unused =
                ticker.thread.scheduleWithFixedDelay(() -> doOrLog(work), millis, millis, TimeUnit.MILLISECONDS);
        return ticker;
    }

    private static void doOrLog(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // A scheduled task that throws would never run again.
            LOG.error("a beat of the sandbox failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
