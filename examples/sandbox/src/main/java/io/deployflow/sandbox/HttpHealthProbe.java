package io.deployflow.sandbox;

import io.deployflow.sandbox.port.HealthProbe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Health checks over HTTP/1.1. */
public final class HttpHealthProbe implements HealthProbe {

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public CompletableFuture<Result> get(URI target, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(timeout)
                .header("User-Agent", "ELB-HealthChecker/2.0")
                .build();
        return client.sendAsync(request, BodyHandlers.discarding())
                .<Result>thenApply(answer -> new Result.Answered(answer.statusCode()))
                .exceptionally(HttpHealthProbe::failure);
    }

    private static Result failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof HttpTimeoutException
                ? new Result.TimedOut()
                : new Result.Unreachable(String.valueOf(cause.getMessage()));
    }
}
