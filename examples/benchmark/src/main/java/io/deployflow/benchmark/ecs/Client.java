package io.deployflow.benchmark.ecs;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of the application: asks one address again and again, on a new connection each time, and counts what fails.
 */
public final class Client implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int TIMEOUT_MILLIS = 10_000;

    /**
     * What a client saw.
     *
     * @param requests how many it made
     * @param failed how many of them had no 2xx answer
     * @param firstFailure what the first of those was; empty if there was none
     */
    public record Count(long requests, long failed, String firstFailure) {
        /** Both together. */
        public Count plus(Count other) {
            return new Count(
                    requests + other.requests,
                    failed + other.failed,
                    firstFailure.isEmpty() ? other.firstFailure : firstFailure);
        }
    }

    private final URI address;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private Count count = new Count(0, 0, "");

    private Client(URI address) {
        this.address = address;
        this.thread = new Thread(this::askOn, "client of " + address);
        thread.setDaemon(true);
    }

    /** Begins to ask. */
    public static Client start(URI address) {
        Client client = new Client(address);
        client.thread.start();
        return client;
    }

    /** One answer's body. */
    public static String ask(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    /** What it saw so far. */
    public synchronized Count count() {
        return count;
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askOn() {
        try {
            while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                record(failureOf(address));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String failureOf(URI address) {
        try {
            ask(address);
            return null;
        } catch (IOException e) {
            return address + ": " + e;
        }
    }

    private synchronized void record(@Nullable String failure) {
        count = count.plus(new Count(1, failure == null ? 0 : 1, failure == null ? "" : failure));
    }
}
