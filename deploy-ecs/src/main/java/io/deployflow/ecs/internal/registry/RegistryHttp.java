package io.deployflow.ecs.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to registries: signs in where one asks for it, follows where one sends on, and asks again, after a
 * while, one that has no time or a problem. Thread-safe.
 */
public final class RegistryHttp {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration TOKEN = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 6;
    private static final int REDIRECTS = 5;
    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final int SHOWN = 200;

    private @Nullable HttpClient client;
    private final Authorizations authorizations;
    private final CancellationToken cancellation;
    private final Pause pause;

    /**
     * For one deploy.
     *
     * @param cancellation breaks off what is under way
     */
    public RegistryHttp(Login.Source logins, CancellationToken cancellation, Pause pause) {
        this.cancellation = cancellation;
        this.pause = pause;
        this.authorizations = new Authorizations(
                logins, request -> exchange(request.timeout(TOKEN).build(), bytes()));
    }

    /** Made when it is first used: that takes a while, in which the source can be read. */
    private synchronized HttpClient client() {
        HttpClient there = client;
        if (there == null) {
            there = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER) // It would tell the password to where it is sent on to.
                    .build();
            client = there;
        }
        return there;
    }

    static BodyHandler<byte[]> bytes() {
        return BodyHandlers.ofByteArray();
    }

    /**
     * Sends.
     *
     * @param host the registry's, as it is known to people
     * @return its answer, unless that asks to come again later
     * @throws RegistryException if it cannot be reached, or has no time for long
     */
    <T> HttpResponse<T> send(String host, RegistryRequest request, BodyHandler<T> handler) {
        Duration wait = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            boolean last = !request.again() || attempt == ATTEMPTS;
            try {
                HttpResponse<T> answer = signedIn(host, request, handler);
                if (last || !PASSING.contains(answer.statusCode())) {
                    return answer;
                }
                wait = asked(answer).orElse(wait);
            } catch (IOException e) {
                cancellation.throwIfCancelled();
                if (last) {
                    throw new RegistryException(
                            "the registry " + host + " cannot be reached, or broke off: " + reason(e), 0, e);
                }
            }
            pause.pause(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE, cancellation);
            wait = wait.multipliedBy(2);
        }
    }

    private <T> HttpResponse<T> signedIn(String host, RegistryRequest request, BodyHandler<T> handler)
            throws IOException {
        Optional<String> header = authorizations.known(request.url(), request.scopes());
        HttpResponse<T> answer = followed(request, header, handler);
        if (answer.statusCode() != UNAUTHORIZED) {
            return answer;
        }
        Optional<String> other = authorizations.renew(
                host, request.url(), request.scopes(), answer.headers().allValues("WWW-Authenticate"), header);
        return other.isPresent() ? followed(request, other, handler) : answer;
    }

    private <T> HttpResponse<T> followed(RegistryRequest request, Optional<String> header, BodyHandler<T> handler)
            throws IOException {
        HttpResponse<T> answer = exchange(built(request, header), handler);
        URI from = request.url();
        for (int i = 0; i < REDIRECTS && MOVED.contains(answer.statusCode()); i++) {
            Optional<URI> to = answer.headers().firstValue("Location").map(from::resolve);
            if (to.isEmpty()) {
                return answer;
            }
            boolean isSameServer = to.get().getAuthority().equals(request.url().getAuthority());
            answer = exchange(built(request.to(to.get()), isSameServer ? header : Optional.empty()), handler);
            from = to.get();
        }
        return answer;
    }

    private static HttpRequest built(RegistryRequest request, Optional<String> header) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.url())
                .method(request.method(), request.publisher())
                .timeout(request.timeout());
        request.headers().forEach(builder::header);
        header.ifPresent(value -> builder.header("Authorization", value));
        return builder.build();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) throws IOException {
        cancellation.throwIfCancelled();
        CompletableFuture<HttpResponse<T>> answer = client().sendAsync(request, handler);
        try (CancellationToken.Registration registration = cancellation.onCancel(() -> answer.cancel(true))) {
            return answer.join();
        } catch (CancellationException e) {
            cancellation.throwIfCancelled();
            throw new IOException("the request was taken back", e);
        } catch (CompletionException e) {
            cancellation.throwIfCancelled();
            throw e.getCause() instanceof IOException broken ? broken : new IOException(reason(e), e);
        }
    }

    private static Optional<Duration> asked(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,5}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** What an answer that is an error says, for people. */
    static RegistryException failure(String what, HttpResponse<?> answer) {
        return new RegistryException(
                what + ": the registry answers " + answer.statusCode() + said(answer.body()),
                answer.statusCode(),
                null);
    }

    private static String said(Object body) {
        try {
            byte[] text = body instanceof InputStream stream
                    ? stream.readNBytes(1 << 16)
                    : body instanceof byte[] bytes ? bytes : new byte[0];
            String errors = Json.items(Json.read(text).path("errors"))
                    .map(RegistryHttp::error)
                    .collect(Collectors.joining("; "));
            return errors.isEmpty() ? "" : " (" + errors + ")";
        } catch (IOException e) {
            return ""; // Not every answer is JSON: a proxy's is not.
        }
    }

    private static String error(JsonNode error) {
        String text = error.path("code").asText() + ": " + error.path("message").asText();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    void pause(Duration time) {
        pause.pause(time, cancellation);
    }
}
