package io.deployflow.sandbox.wire;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers API calls. */
final class AwsHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AwsHandler.class);

    private final Operations operations;
    private final Object lock;
    private final Clock clock;
    private final Faults faults;
    private final CallLog calls;

    AwsHandler(Operations operations, Object lock, Clock clock, Faults faults, CallLog calls) {
        this.operations = operations;
        this.lock = lock;
        this.clock = clock;
        this.faults = faults;
        this.calls = calls;
    }

    /** What came of a call. An empty code is success. */
    private record Outcome(int status, String code, String body) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                answer(exchange, AwsCall.read(exchange.getRequestHeaders(), body));
            } catch (AwsException e) {
                Reply.json(e.status(), Json.object().put("__type", e.code()).put("message", e.text()))
                        .send(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange, AwsCall call) throws IOException {
        String requestId = UUID.randomUUID().toString();
        Optional<Fault> fault = faults.strike(call);
        fault.filter(struck -> struck.kind() == Fault.Kind.DELAY).ifPresent(struck -> pause(struck.delay()));
        boolean drop = fault.filter(struck -> struck.kind() == Fault.Kind.DROP).isPresent();
        Outcome outcome =
                drop ? new Outcome(0, "dropped", "") : outcome(exchange.getRequestHeaders(), call, fault, requestId);
        calls.add(clock.instant(), call, outcome.status(), outcome.code(), userAgent(exchange.getRequestHeaders()));
        if (drop
                || fault.filter(struck -> struck.kind() == Fault.Kind.DROP_ANSWER)
                        .isPresent()) {
            return; // Closing the exchange without an answer closes the connection.
        }
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        new Reply(outcome.status(), call.protocol().contentType(), outcome.body()).send(exchange);
    }

    private Outcome outcome(Headers headers, AwsCall call, Optional<Fault> fault, String requestId) {
        try {
            requireSignature(headers, call);
            fault.flatMap(AwsHandler::refusal).ifPresent(AwsHandler::refuse);
            Operation operation = operations
                    .find(call.service(), call.operation())
                    .orElseThrow(() -> call.protocol().unknown(call));
            synchronized (lock) {
                return new Outcome(200, "", call.protocol().answer(call, operation.handle(call.request()), requestId));
            }
        } catch (AwsException e) {
            return failed(call, e, requestId);
        } catch (RuntimeException e) {
            LOG.error("{} failed inside the sandbox", call.operation(), e);
            AwsException internal = new AwsException("ServerException", "The sandbox failed: " + e, 500);
            return failed(call, internal, requestId);
        }
    }

    private static Outcome failed(AwsCall call, AwsException error, String requestId) {
        String body = call.protocol().error(call, error, requestId);
        return new Outcome(error.status(), error.code(), body);
    }

    private static void requireSignature(Headers headers, AwsCall call) {
        if (!headers.containsKey("Authorization")) {
            throw call.protocol().unsigned();
        }
    }

    private static Optional<AwsException> refusal(Fault fault) {
        return switch (fault.kind()) {
            case THROTTLE -> Optional.of(new AwsException("ThrottlingException", "Rate exceeded"));
            case ERROR ->
                Optional.of(new AwsException("ServerException", "Service Unavailable. Please try again later.", 500));
            case DENIED ->
                Optional.of(new AwsException(
                        "AccessDeniedException",
                        "User: arn:aws:iam::000000000000:user/sandbox is not authorized to perform: "
                                + fault.operation()));
            case DROP, DROP_ANSWER, DELAY -> Optional.empty();
        };
    }

    private static void refuse(AwsException refusal) {
        throw refusal;
    }

    private static String userAgent(Headers headers) {
        return Optional.ofNullable(headers.getFirst("User-Agent")).orElse("");
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
