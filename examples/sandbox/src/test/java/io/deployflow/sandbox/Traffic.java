package io.deployflow.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that calls a URL again and again until it is closed, and remembers what went wrong. */
final class Traffic implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Thread caller = new Thread(this::call, "traffic");
    private volatile boolean closed;

    private Traffic(URI url) {
        request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
    }

    static Traffic to(URI url) {
        Traffic traffic = new Traffic(url);
        traffic.caller.start();
        return traffic;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    int answered() {
        return answered.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            caller.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void call() {
        while (!closed) {
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    answered.incrementAndGet();
                } else {
                    failures.add(answer.toString());
                }
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }
}
