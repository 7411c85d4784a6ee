package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport.Visits;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clients of a target's application: one for each address asks again and again, on a new connection each time, and all
 * of them together at most a hundred times a second.
 */
final class Clients implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration SHARE = Duration.ofMillis(10);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int ERRORS = 400;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private Visits visits = Visits.NONE;

    private Clients() {}

    static Clients start(List<URI> addresses) {
        Clients clients = new Clients();
        Duration share = SHARE.multipliedBy(addresses.size());
        long pause = Math.max(PAUSE.toMillis(), share.toMillis());
        for (URI address : addresses) {
            Thread thread = new Thread(() -> clients.askOn(address, pause), "client of " + address);
            thread.setDaemon(true);
            thread.start();
        }
        return clients;
    }

    /** What they met since they were asked last. */
    synchronized Visits take() {
        Visits taken = visits;
        visits = Visits.NONE;
        return taken;
    }

    @Override
    public void close() {
        stopped.countDown();
    }

    private void askOn(URI address, long pause) {
        try {
            while (!stopped.await(pause, TimeUnit.MILLISECONDS)) {
                record(failureOf(address));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String failureOf(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                int status = connection.getResponseCode();
                if (status < ERRORS) {
                    connection.getInputStream().readAllBytes();
                    return null;
                }
                return address + " answers " + status;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return address + ": " + e;
        }
    }

    private synchronized void record(@Nullable String failure) {
        visits = visits.plus(new Visits(1, failure == null ? 0 : 1, failure == null ? "" : failure));
    }
}
