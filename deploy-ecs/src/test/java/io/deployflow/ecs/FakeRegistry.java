package io.deployflow.ecs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry that has every layer already, in one server with the ECR that knows its digests; refuses on demand. */
final class FakeRegistry implements AutoCloseable {
    static final String NAME = "team/app";

    final AtomicInteger tokens = new AtomicInteger();
    volatile String digest = "";
    volatile int refusal;
    volatile String refusalBody = "";

    private final HttpServer server;
    private final PlainFront front;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::registry);
        server.createContext("/", this::ecr);
        server.start();
        front = new PlainFront(server.getAddress().getPort());
    }

    String host() {
        return "127.0.0.1:" + front.port();
    }

    URI endpoint() {
        return URI.create("http://" + host());
    }

    void refuse(int status, String code, String message) {
        refusal = status;
        refusalBody = "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message);
    }

    private void registry(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean isManifest = exchange.getRequestMethod().equals("PUT");
        exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
        if (isManifest && refusal != 0) {
            answer(exchange, refusal, refusalBody);
        } else if (isManifest) {
            digest = "sha256:" + sha256(body);
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
            answer(exchange, 201, "");
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", "1");
            if (exchange.getRequestURI().getPath().contains("/manifests/")) {
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        } else {
            answer(exchange, 200, "{}");
        }
    }

    private void ecr(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        answer(
                exchange,
                200,
                switch (target.substring(target.indexOf('.') + 1)) {
                    case "DescribeRepositories" ->
                        "{\"repositories\":[{\"repositoryUri\":\"%s/%s\"}]}".formatted(host(), NAME);
                    case "DescribeImages" -> "{\"imageDetails\":[{\"imageDigest\":\"%s\"}]}".formatted(digest);
                    default -> token();
                });
    }

    private String token() {
        tokens.incrementAndGet();
        String login = Base64.getEncoder().encodeToString("AWS:secret".getBytes(StandardCharsets.UTF_8));
        return "{\"authorizationData\":[{\"authorizationToken\":\"%s\",\"expiresAt\":%d}]}"
                .formatted(login, 4102444800L);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        server.stop(0);
    }
}
