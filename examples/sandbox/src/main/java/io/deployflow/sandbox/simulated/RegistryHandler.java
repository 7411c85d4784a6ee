package io.deployflow.sandbox.simulated;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the Docker distribution API v2 as far as pushes and pulls need it, with ECR's errors. */
final class RegistryHandler implements HttpHandler {

    private static final Pattern PATH = Pattern.compile("/v2/(.+)/(blobs/uploads|blobs|manifests|tags)/([^/]*)");
    private static final Pattern DIGEST = Pattern.compile("(?:^|&)(?:digest|mount)=(sha256(?:%3A|:)[0-9a-f]{64})");

    private final ImageStore images;
    private final String authorization;
    private final BiConsumer<String, ImageManifest> pushed;
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();

    RegistryHandler(ImageStore images, String authorization, BiConsumer<String, ImageManifest> pushed) {
        this.images = images;
        this.authorization = authorization;
        this.pushed = pushed;
    }

    /** A request for a part of a repository. */
    private record Request(String method, String repository, String kind, String name, Optional<String> digest) {

        static Optional<Request> of(HttpExchange exchange) {
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            return path.matches()
                    ? Optional.of(new Request(
                            exchange.getRequestMethod(), path.group(1), path.group(2), path.group(3), digest(exchange)))
                    : Optional.empty();
        }

        private static Optional<String> digest(HttpExchange exchange) {
            Matcher found = DIGEST.matcher(
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
            return found.find() ? Optional.of(found.group(1).replace("%3A", ":")) : Optional.empty();
        }
    }

    /** An answer, and what its head says beside its length. */
    private static final class Answer {
        private final int status;
        private final Map<String, String> head;
        private final byte[] body;

        Answer(int status, Map<String, String> head, byte[] body) {
            this.status = status;
            this.head = head;
            this.body = body;
        }

        static Answer empty(int status, Map<String, String> head) {
            return new Answer(status, head, new byte[0]);
        }

        static Answer error(int status, String code, String message) {
            String body = Json.object()
                    .set(
                            "errors",
                            Json.array(List.of(Json.object().put("code", code).put("message", message))))
                    .toString();
            return new Answer(
                    status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, body);
            Headers head = exchange.getResponseHeaders();
            head.set("Docker-Distribution-Api-Version", "registry/2.0");
            answer.head.forEach(head::set);
            boolean onlyHead = exchange.getRequestMethod().equals("HEAD");
            if (onlyHead) {
                head.set("Content-Length", Integer.toString(answer.body.length));
            }
            exchange.sendResponseHeaders(answer.status, onlyHead || answer.body.length == 0 ? -1 : answer.body.length);
            if (!onlyHead) {
                exchange.getResponseBody().write(answer.body);
            }
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) throws IOException {
        if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            Answer refused = Answer.error(401, "UNAUTHORIZED", "authentication required");
            return new Answer(401, Map.of("WWW-Authenticate", "Basic realm=\"simulated\""), refused.body);
        }
        Optional<Request> request = Request.of(exchange);
        if (request.isEmpty()) {
            return Answer.empty(200, Map.of());
        }
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("application/vnd.docker.distribution.manifest.v2+json");
        return switch (request.get().kind()) {
            case "blobs/uploads" -> upload(request.get(), body);
            case "blobs" -> blob(request.get());
            case "manifests" ->
                request.get().method().equals("PUT") ? putManifest(request.get(), type, body) : manifest(request.get());
            default -> tags(request.get());
        };
    }

    private Answer upload(Request request, byte[] body) throws IOException {
        String id = request.name().isEmpty() ? UUID.randomUUID().toString() : request.name();
        boolean known = request.digest().flatMap(images::blob).isPresent();
        if (request.method().equals("POST") && known) {
            return created(request, request.digest().orElseThrow());
        }
        ByteArrayOutputStream content = uploads.computeIfAbsent(id, fresh -> new ByteArrayOutputStream());
        content.write(body);
        boolean whole = request.method().equals("PUT")
                || (request.method().equals("POST")
                        && body.length > 0
                        && request.digest().isPresent());
        if (!whole) {
            return Answer.empty(
                    202,
                    Map.of(
                            "Location",
                            "/v2/%s/blobs/uploads/%s".formatted(request.repository(), id),
                            "Docker-Upload-UUID",
                            id,
                            "Range",
                            "0-" + Math.max(0, content.size() - 1)));
        }
        uploads.remove(id);
        String digest = ImageStore.digest(content.toByteArray());
        if (!request.digest().equals(Optional.of(digest))) {
            return Answer.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
        images.addBlob(content.toByteArray());
        return created(request, digest);
    }

    private static Answer created(Request request, String digest) {
        return Answer.empty(
                201,
                Map.of(
                        "Location",
                        "/v2/%s/blobs/%s".formatted(request.repository(), digest),
                        "Docker-Content-Digest",
                        digest));
    }

    private Answer blob(Request request) {
        return images.blob(request.name())
                .map(content -> new Answer(
                        200,
                        Map.of("Docker-Content-Digest", request.name(), "Content-Type", "application/octet-stream"),
                        content))
                .orElseGet(() -> Answer.error(404, "BLOB_UNKNOWN", "blob unknown to registry"));
    }

    private Answer putManifest(Request request, String type, byte[] body) {
        ImageManifest manifest =
                new ImageManifest(ImageStore.digest(body), type, new String(body, StandardCharsets.UTF_8));
        if (!images.put(request.repository(), request.name(), manifest)) {
            return Answer.error(
                    400,
                    "TAG_INVALID",
                    "The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the repository is immutable."
                            .formatted(request.name(), request.repository()));
        }
        pushed.accept(request.repository(), manifest);
        return Answer.empty(201, Map.of("Docker-Content-Digest", manifest.digest()));
    }

    private Answer manifest(Request request) {
        return images.manifest(request.repository(), request.name())
                .map(found -> new Answer(
                        200,
                        Map.of("Docker-Content-Digest", found.digest(), "Content-Type", found.mediaType()),
                        found.body().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> Answer.error(404, "MANIFEST_UNKNOWN", "Requested image not found"));
    }

    private Answer tags(Request request) {
        String body = Json.object()
                .put("name", request.repository())
                .set("tags", Json.strings(images.tagNames(request.repository())))
                .toString();
        return new Answer(200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }
}
