package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The sandbox's own paths: {@code /_sandbox/faults} and {@code /_sandbox/calls}. */
final class AdminHandler implements HttpHandler {

    private final Faults faults;
    private final CallLog calls;

    AdminHandler(Faults faults, CallLog calls) {
        this.faults = faults;
        this.calls = calls;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            try {
                Reply.json(200, answer(request, body)).send(exchange);
            } catch (AwsException e) {
                Reply.json(e.status(), Json.object().put("message", e.text())).send(exchange);
            }
        }
    }

    private ObjectNode answer(String request, String body) {
        switch (request) {
            case "GET /_sandbox/faults" -> {}
            case "POST /_sandbox/faults" -> faults.add(Fault.read(Json.parse(body)));
            case "DELETE /_sandbox/faults" -> faults.clear();
            case "GET /_sandbox/calls" -> {}
            case "DELETE /_sandbox/calls" -> calls.clear();
            default -> throw new AwsException("NotFound", "The sandbox does not have " + request + ".", 404);
        }
        ObjectNode answer = Json.object();
        return request.endsWith("faults")
                ? answer.set("faults", Json.array(faults.list()))
                : answer.set("calls", Json.array(calls.list()));
    }
}
