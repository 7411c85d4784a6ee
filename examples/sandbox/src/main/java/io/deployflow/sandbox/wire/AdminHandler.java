package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The sandbox's own paths: {@code /_sandbox/faults}, {@code calls} and {@code pages}, and those of the plane. */
final class AdminHandler implements HttpHandler {

    private static final String ROOT = "/_sandbox/";

    private final Plane plane;
    private final Object lock;
    private final Faults faults;
    private final CallLog calls;
    private final Pages pages;

    AdminHandler(Plane plane, Object lock, Faults faults, CallLog calls, Pages pages) {
        this.plane = plane;
        this.lock = lock;
        this.faults = faults;
        this.calls = calls;
        this.pages = pages;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().replaceFirst(ROOT, "");
            try {
                Reply.json(200, answer(request, body)).send(exchange);
            } catch (AwsException e) {
                Reply.json(e.status(), Json.object().put("message", e.text())).send(exchange);
            }
        }
    }

    private ObjectNode answer(String request, String body) {
        switch (request) {
            case "GET faults" -> {}
            case "POST faults" -> faults.add(Fault.read(Json.parse(body)));
            case "DELETE faults" -> faults.clear();
            case "GET calls" -> {}
            case "DELETE calls" -> calls.clear();
            case "POST pages" -> {
                pages.limit(Json.parse(body).path("most").asInt(0));
                return pages.json();
            }
            default -> {
                return own(request, body);
            }
        }
        ObjectNode answer = Json.object();
        return request.endsWith("faults")
                ? answer.set("faults", Json.array(faults.list()))
                : answer.set("calls", Json.array(calls.list()));
    }

    private ObjectNode own(String request, String body) {
        synchronized (lock) {
            return plane.own(request)
                    .orElseThrow(
                            () -> new AwsException("NotFound", "The sandbox does not have %s.".formatted(request), 404))
                    .handle(Json.parse(body));
        }
    }
}
