package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers API calls. */
final class AwsHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AwsHandler.class);

    private final Plane plane;
    private final Object lock;
    private final Clock clock;
    private final Faults faults;
    private final CallLog calls;
    private final Pages pages;

    AwsHandler(Plane plane, Object lock, Clock clock, Faults faults, CallLog calls, Pages pages) {
        this.plane = plane;
        this.lock = lock;
        this.clock = clock;
        this.faults = faults;
        this.calls = calls;
        this.pages = pages;
    }

    /** What came of a call. An empty code is success. */
    private record Outcome(int status, String code, String body) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                answer(exchange, pages.cut(AwsCall.read(exchange.getRequestHeaders(), body)));
            } catch (AwsException e) {
                Reply.json(e.status(), Json.object().put("__type", e.code()).put("message", e.text()))
                        .send(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange, AwsCall call) throws IOException {
        String requestId = UUID.randomUUID().toString();
        Optional<Fault> fault = faults.strike(call);
        pauseIf(Fault.Kind.DELAY, fault);
        boolean drop = is(Fault.Kind.DROP, fault);
        Headers headers = exchange.getRequestHeaders();
        Optional<Caller> caller = Caller.of(headers);
        Outcome outcome = drop ? new Outcome(0, "dropped", "") : outcome(caller, call, fault, requestId);
        calls.add(clock.instant(), call, outcome.status(), outcome.code(), about(headers, caller, call));
        if (drop || is(Fault.Kind.DROP_ANSWER, fault)) {
            return; // Closing the exchange without an answer closes the connection.
        }
        pauseIf(Fault.Kind.DELAY_ANSWER, fault);
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        new Reply(outcome.status(), call.protocol().contentType(), outcome.body()).send(exchange);
    }

    private Outcome outcome(Optional<Caller> signed, AwsCall call, Optional<Fault> fault, String requestId) {
        try {
            Caller caller = signed.orElseThrow(() -> call.protocol().unsigned());
            synchronized (lock) {
                fault.ifPresent(struck -> strike(struck, caller, call));
                Operation operation = plane.find(caller, call.service(), call.operation())
                        .orElseThrow(() -> call.protocol().unknown(call));
                plane.authorize(caller, call.service(), call.operation(), call.request());
                return new Outcome(200, "", call.protocol().answer(call, operation.handle(call.request()), requestId));
            }
        } catch (AwsException e) {
            return failed(call, e, requestId);
        } catch (Refusal e) {
            return failed(call, call.protocol().refused(e), requestId);
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

    private void strike(Fault fault, Caller caller, AwsCall call) {
        switch (fault.kind()) {
            case THROTTLE -> throw new AwsException("ThrottlingException", "Rate exceeded");
            case ERROR ->
                throw new AwsException("ServerException", "Service Unavailable. Please try again later.", 500);
            case DENIED ->
                throw new Refusal(
                        Refusal.Kind.DENIED,
                        "User: %s is not authorized to perform: %s"
                                .formatted(
                                        plane.principal(caller),
                                        actions(caller, call).get(0)));
            case EXPIRED -> throw Refusal.expired();
            case DROP, DROP_ANSWER, DELAY, DELAY_ANSWER -> {}
        }
    }

    private List<String> actions(Caller caller, AwsCall call) {
        return plane.actions(caller, call.service(), call.operation(), call.request());
    }

    /** What the log tells of a call beside its outcome. */
    private ObjectNode about(Headers headers, Optional<Caller> signed, AwsCall call) {
        ObjectNode about = Json.object().put("userAgent", userAgent(headers));
        synchronized (lock) {
            signed.ifPresent(caller -> about.put("region", caller.region())
                    .put("principal", plane.principal(caller))
                    .set("actions", Json.strings(actions(caller, call))));
        }
        return about;
    }

    private static String userAgent(Headers headers) {
        return Optional.ofNullable(headers.getFirst("User-Agent")).orElse("");
    }

    private static boolean is(Fault.Kind kind, Optional<Fault> fault) {
        return fault.filter(struck -> struck.kind() == kind).isPresent();
    }

    private static void pauseIf(Fault.Kind kind, Optional<Fault> fault) {
        fault.filter(struck -> struck.kind() == kind)
                .ifPresent(struck -> LockSupport.parkNanos(struck.delay().toNanos()));
    }
}
