package io.deployflow.ecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Has the sandbox refuse calls. */
final class SandboxFaults {
    private static final int MANY = 1000;

    private SandboxFaults() {}

    /** Denies an operation from now on. */
    static void deny(URI endpoint, String operation) {
        String body = "{\"operation\":\"%s\",\"kind\":\"denied\",\"count\":%d}".formatted(operation, MANY);
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/_sandbox/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
