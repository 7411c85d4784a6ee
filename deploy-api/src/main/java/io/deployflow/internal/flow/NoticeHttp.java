package io.deployflow.internal.flow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends what others are told. What goes wrong fails nothing, and is told in a line without the address, which may be
 * secret.
 *
 * @param client sends it
 * @param warnings is told what goes wrong
 */
record NoticeHttp(HttpClient client, Consumer<String> warnings) {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int ERRORS = 300;

    static NoticeHttp telling(Consumer<String> warnings) {
        return new NoticeHttp(HttpClient.newBuilder().connectTimeout(WITHIN).build(), warnings);
    }

    /**
     * Posts JSON.
     *
     * @param bearer a token, if one is needed
     * @return the answer; empty if it was none of success
     */
    Optional<String> post(String url, String json, Optional<String> bearer) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(WITHIN)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "deployflow")
                    .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
            bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < ERRORS) {
                return Optional.of(answer.body());
            }
            warnings.accept("who is to be told of the deploy answered " + answer.statusCode());
        } catch (IOException | IllegalArgumentException e) {
            warnings.accept("who is to be told of the deploy cannot be reached: "
                    + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
