package io.deployflow.ecs.internal.registry;

import io.deployflow.CancellationToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Sends requests to registries: signs in where one asks for it, follows where one sends on, and asks again, after a
 * while, one that has no time or a problem. Thread-safe.
 */
public final class RegistryHttp implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 6;
    private static final int REDIRECTS = 5;
    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final int SHOWN = 200;

    private final HttpLines lines = new HttpLines();
    private final Authorizations authorizations;
    private final CancellationToken cancellation;
    private final Pause pause;
    private final BiConsumer<String, String> asked;
    private final Map<String, CompletableFuture<HttpAnswer<byte[]>>> begun = new ConcurrentHashMap<>();

    /**
     * For what nobody counts.
     *
     * @param cancellation breaks off what is under way
     */
    public RegistryHttp(Login.Source logins, CancellationToken cancellation, Pause pause) {
        this(logins, cancellation, pause, (host, method) -> {});
    }

    /**
     * For one deploy.
     *
     * @param cancellation breaks off what is under way
     * @param asked is told the server and the method of each request that is sent: those to sign in, those that a
     *     registry sends on, and those that are sent again, too
     */
    public RegistryHttp(
            Login.Source logins, CancellationToken cancellation, Pause pause, BiConsumer<String, String> asked) {
        this.cancellation = cancellation;
        this.pause = pause;
        this.asked = asked;
        this.authorizations = new Authorizations(logins, request -> content(exchange(request, Map.of(), false)));
    }

    /**
     * Sends.
     *
     * @param host the registry's, as it is known to people
     * @return its answer, unless that asks to come again later
     * @throws RegistryException if it cannot be reached, or has no time for long
     */
    HttpAnswer<byte[]> send(String host, RegistryRequest request) {
        return persistently(host, request, () -> {
            CompletableFuture<HttpAnswer<byte[]>> ahead = begun.remove(key(request));
            return ahead == null ? sent(host, request) : answer(ahead);
        });
    }

    private HttpAnswer<byte[]> sent(String host, RegistryRequest request) throws IOException {
        return content(signedIn(host, request, false));
    }

    /**
     * Sends a request before anybody waits for its answer, on a thread that does not keep the process alive. For who
     * sends the same next that was the first attempt.
     */
    void begin(String host, RegistryRequest request) {
        CompletableFuture<HttpAnswer<byte[]>> answer = new CompletableFuture<>();
        begun.put(key(request), answer);
        Thread thread = new Thread(() -> begin(answer, host, request), "asking-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("CatchingUnchecked") // handed on to who sends the same
    private void begin(CompletableFuture<HttpAnswer<byte[]>> answer, String host, RegistryRequest request) {
        try {
            answer.complete(sent(host, request));
        } catch (IOException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static HttpAnswer<byte[]> answer(CompletableFuture<HttpAnswer<byte[]>> ahead) throws IOException {
        try {
            return ahead.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    // A record is no key here, as Java first makes code to compare it.
    private static String key(RegistryRequest request) {
        return request.method() + " " + request.url();
    }

    /** The same for an answer that may be large; if it is what was asked for, its body is still to be read. */
    HttpAnswer<InputStream> open(String host, RegistryRequest request) {
        HttpAnswer<InputStream> answer = persistently(host, request, () -> signedIn(host, request, true));
        return answer.isGood() ? answer.with(CancellableStream.ofConnection(answer.body(), cancellation)) : answer;
    }

    /** Sends a request once. */
    @FunctionalInterface
    private interface Sending<T> {
        HttpAnswer<T> send() throws IOException;
    }

    private <T> HttpAnswer<T> persistently(String host, RegistryRequest request, Sending<T> sending) {
        Duration wait = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            boolean last = !request.again() || attempt == ATTEMPTS;
            try {
                HttpAnswer<T> answer = sending.send();
                if (last || !PASSING.contains(answer.status())) {
                    return answer;
                }
                wait = asked(answer).orElse(wait);
            } catch (RegistryException e) {
                if (last || !e.isPassing()) {
                    throw e; // Of a token server: one that has no time is asked again as well.
                }
            } catch (IOException e) {
                cancellation.throwIfCancelled();
                if (isUntrusted(e)) {
                    throw RegistryException.untrusted(host, reason(e), e);
                }
                if (last) {
                    throw new RegistryException(
                            "the registry " + host + " cannot be reached, or broke off: " + reason(e), 0, e);
                }
            }
            pause.pause(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE, cancellation);
            wait = wait.multipliedBy(2);
        }
    }

    private HttpAnswer<InputStream> signedIn(String host, RegistryRequest request, boolean open) throws IOException {
        if (!RepositoryName.isServer(host, request.url())) {
            return unknown(host, request, open);
        }
        Optional<String> header = authorizations.known(request.url(), request.scopes());
        HttpAnswer<InputStream> answer = followed(request, header, open);
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        Optional<String> other =
                authorizations.renew(host, request.url(), request.scopes(), answer.all("WWW-Authenticate"), header);
        return other.isPresent() ? followed(request, other, open) : answer;
    }

    /** Where a registry has uploads sent elsewhere, or in clear: nobody there is told who asks. */
    private HttpAnswer<InputStream> unknown(String host, RegistryRequest request, boolean open) throws IOException {
        HttpAnswer<InputStream> answer = followed(request, Optional.empty(), open);
        if (answer.status() == UNAUTHORIZED) {
            throw RegistryException.elsewhere(host, request.url());
        }
        return answer;
    }

    private HttpAnswer<InputStream> followed(RegistryRequest request, Optional<String> header, boolean open)
            throws IOException {
        HttpAnswer<InputStream> answer = exchange(request, headers(header), open);
        for (int i = 0; i < REDIRECTS && MOVED.contains(answer.status()); i++) {
            Optional<URI> to = answer.location();
            if (to.isEmpty()) {
                return answer;
            }
            // Elsewhere, or in clear, it would tell the password to where it is sent on to.
            boolean isSameServer = to.get().getAuthority().equals(request.url().getAuthority())
                    && to.get().getScheme().equals(request.url().getScheme());
            answer = exchange(request.to(to.get()), headers(isSameServer ? header : Optional.empty()), open);
        }
        return answer;
    }

    private static Map<String, String> headers(Optional<String> authorization) {
        return authorization.map(value -> Map.of("Authorization", value)).orElse(Map.of());
    }

    /** Sends it once; what an answer says that is not to be opened is read. */
    private HttpAnswer<InputStream> exchange(RegistryRequest request, Map<String, String> headers, boolean open)
            throws IOException {
        cancellation.throwIfCancelled();
        HttpLine line = lines.to(request.url());
        asked.accept(request.url().getAuthority(), request.method());
        try (CancellationToken.Registration registration = cancellation.onCancel(line::close)) {
            HttpAnswer<InputStream> answer = line.exchange(request, headers);
            if (open && answer.isGood()) {
                return answer;
            }
            try (InputStream body = answer.body()) {
                return answer.with(new ByteArrayInputStream(body.readAllBytes()));
            }
        } catch (IOException e) {
            cancellation.throwIfCancelled();
            throw e;
        }
    }

    private static HttpAnswer<byte[]> content(HttpAnswer<InputStream> answer) throws IOException {
        return answer.with(answer.body().readAllBytes());
    }

    private static Optional<Duration> asked(HttpAnswer<?> answer) {
        return answer.header("Retry-After")
                .filter(text -> text.matches("\\d{1,5}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** What an answer that is an error says, for people. */
    static RegistryException failure(String what, HttpAnswer<?> answer) {
        List<String> errors = errors(answer.body());
        String shown = errors.stream()
                .map(text -> text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text)
                .collect(Collectors.joining("; "));
        return RegistryException.answered(
                what + ": the registry answers " + answer.status() + (shown.isEmpty() ? "" : " (" + shown + ")"),
                answer.status(),
                String.join("; ", errors));
    }

    private static List<String> errors(Object body) {
        try {
            byte[] text = body instanceof InputStream stream
                    ? stream.readAllBytes()
                    : body instanceof byte[] bytes ? bytes : new byte[0];
            return Json.items(Json.read(text).path("errors"))
                    .map(error -> error.path("code").asText() + ": "
                            + error.path("message").asText())
                    .toList();
        } catch (IOException e) {
            return List.of(); // Not every answer is JSON: a proxy's is not.
        }
    }

    private static boolean isUntrusted(Throwable e) {
        return e instanceof CertificateException || (e.getCause() != null && isUntrusted(e.getCause()));
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

    /** Ends the connections. */
    @Override
    public void close() {
        lines.close();
    }
}
