package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks addresses of the application again and again, each on a thread of its own, with a new connection each time. */
final class Visitor implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch leaving = new CountDownLatch(1);
    private final Set<String> answers = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads;

    private Visitor(List<URI> addresses) {
        this.threads = addresses.stream()
                .map(address -> new Thread(() -> askOn(address), "visitor of " + address))
                .toList();
    }

    /** Begins to ask. */
    static Visitor of(List<URI> addresses) {
        Visitor visitor = new Visitor(addresses);
        visitor.threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        return visitor;
    }

    /** One answer's body. */
    static String ask(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        try {
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            connection.disconnect();
        }
    }

    private void askOn(URI address) {
        try {
            while (!leaving.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    answers.add(ask(address));
                } catch (IOException e) {
                    failures.add(address + ": " + e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops asking: every request must have been answered, and the answers have been exactly these. */
    void saw(String... greetings) {
        leaveWithEveryRequestAnswered();
        assertThat(answers).as("answers").containsExactlyInAnyOrder(greetings);
    }

    /** Stops asking: every request must have been answered, and every answer be one of these. */
    void sawAtMost(String... greetings) {
        leaveWithEveryRequestAnswered();
        assertThat(answers).as("answers").isNotEmpty().isSubsetOf(greetings);
    }

    private void leaveWithEveryRequestAnswered() {
        close();
        assertThat(failures.size())
                .as("failed requests, such as %s", failures.stream().findFirst())
                .isZero();
    }

    @Override
    public void close() {
        leaving.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
