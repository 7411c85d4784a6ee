package io.deployflow.internal;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.Release;
import io.deployflow.RolloutException;
import io.deployflow.Verification;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.LocalCommand;
import io.deployflow.spi.Poller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Checks from outside that the release serves: asks until it does or the time is up. */
final class Verifier {
    private static final Poller POLLER = Poller.every(Duration.ofMillis(500));
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Verification check;
    private final DeployContext context;
    private String lastProblem = "no answer";

    Verifier(Verification check, DeployContext context) {
        this.check = check;
        this.context = context;
    }

    /**
     * Returns once everything passes.
     *
     * @throws RolloutException with the last problem if it does not in time
     */
    boolean verify(Release release) {
        check.url().ifPresent(url -> await(url.toString(), () -> answers(url, release)));
        check.command().ifPresent(line -> await("'" + line + "'", () -> passes(line, release)));
        return true;
    }

    private void await(String what, BooleanSupplier passes) {
        Optional<Boolean> passed = POLLER.ask(
                check.within(),
                context.cancellation(),
                () -> passes.getAsBoolean() ? Optional.of(true) : Optional.empty());
        if (passed.isEmpty()) {
            throw new RolloutException(
                    "verification of " + what + " did not pass within "
                            + check.within().toSeconds() + " s: " + lastProblem,
                    "See why the release does not answer as 'verify' in deploy.yml expects.");
        }
    }

    private boolean answers(URI url, Release release) {
        try {
            HttpClient client =
                    HttpClient.newBuilder().connectTimeout(patience()).build();
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(patience()).build();
            CompletableFuture<HttpResponse<String>> response =
                    client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
            // The request's own timeout ends with the headers: a body that never ends would be waited for for ever.
            return isExpected(response.get(patience().toMillis(), TimeUnit.MILLISECONDS), release);
        } catch (ExecutionException e) {
            lastProblem = String.valueOf(e.getMessage());
            return false;
        } catch (TimeoutException e) {
            lastProblem = "no whole answer within " + patience().toSeconds() + " s";
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while verifying " + url, e);
        }
    }

    private Duration patience() {
        return ANSWER.compareTo(check.within()) < 0 ? ANSWER : check.within();
    }

    private boolean isExpected(HttpResponse<String> response, Release release) {
        if (response.statusCode() / 100 != 2) {
            lastProblem = "it answered " + response.statusCode();
            return false;
        }
        String expected = check.expect().map(text -> fill(text, release)).orElse("");
        lastProblem = "its answer does not contain '" + expected + "'";
        return response.body().contains(expected);
    }

    private boolean passes(String line, Release release) {
        CancellationToken end = CancellationToken.create();
        CompletableFuture<Void> timer = CompletableFuture.runAsync(end::cancel, after(check.within()));
        try (CancellationToken.Registration registration =
                context.cancellation().onCancel(end::cancel)) {
            int status = LocalCommand.shell(line, context.application().source(), variables(release))
                    .run(text -> context.output("local", text), end);
            lastProblem = "it ended with status " + status;
            return status == 0;
        } catch (DeployCancelledException e) {
            context.cancellation().throwIfCancelled();
            lastProblem = "it did not end";
            return false;
        } catch (IOException e) {
            lastProblem = e.getClass().getSimpleName() + ": " + e.getMessage();
            return false;
        } finally {
            timer.cancel(false);
        }
    }

    private static Executor after(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Map<String, String> variables(Release release) {
        return Map.of("DEPLOYFLOW_RELEASE", release.id(), "DEPLOYFLOW_REVISION", release.revision());
    }

    private static String fill(String text, Release release) {
        return text.replace("{revision}", release.revision()).replace("{release}", release.id());
    }
}
