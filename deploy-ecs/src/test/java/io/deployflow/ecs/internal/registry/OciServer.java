package io.deployflow.ecs.internal.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A registry in this process: keeps what it is sent, counts what is asked, and fails on demand. */
public final class OciServer implements AutoCloseable {
    /** Every request: its method and path. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** What was said with each of them of who asks; empty for nothing. */
    public final List<String> logins = new CopyOnWriteArrayList<>();

    /** Where it has uploads sent to, in front of their path; empty for itself. */
    public volatile String uploadsAt = "";

    /** Blobs by repository and digest. */
    public final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    /** Manifests by repository and tag or digest. */
    public final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

    /** Asked of who sends no such header, if set. */
    public volatile Optional<String> password = Optional.empty();

    /** Whether it lists by itself what is attached to an image. */
    public volatile boolean listsSubjects;

    /** Gives tokens at {@code /token} and lets nobody in without one, if set. */
    public volatile Optional<TokenDesk> tokens = Optional.empty();

    /** What is done with the pieces of a blob. */
    public volatile Pieces pieces = Pieces.TAKEN;

    /** Ways of registries with pieces. */
    public enum Pieces {
        TAKEN,
        /** As Amazon ECR: the first is taken, the others are passed over, and each is answered with 201. */
        FIRST_ONLY,
        /** The first is taken and the others are passed over, as the range that is answered shows. */
        FIRST_ONLY_AS_THE_RANGE_TELLS,
        REFUSED
    }

    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * What the next requests meet.
     *
     * @param status what is answered; 0 breaks the connection after {@code bytes} of the body, which are kept
     */
    private record Fault(String method, String path, int status, String body, int bytes, boolean stalls) {}

    public OciServer() {
        this(Optional.empty());
    }

    /**
     * Starts one.
     *
     * @param tls who it says that it is; empty for plain HTTP
     */
    OciServer(Optional<SSLContext> tls) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls.isPresent()) {
                HttpsServer secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
                server = secure;
            } else {
                server = HttpServer.create(address, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String host() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The next request of this kind is answered so. */
    public OciServer fail(String method, String path, int status, String code) {
        faults.add(new Fault(
                method,
                path,
                status,
                "{\"errors\":[{\"code\":\"%s\",\"message\":\"on demand\"}]}".formatted(code),
                0,
                false));
        return this;
    }

    /** The connection of the next request of this kind breaks after so many bytes. */
    public OciServer breakAfter(String method, String path, int bytes) {
        faults.add(new Fault(method, path, 0, "", bytes, false));
        return this;
    }

    /** The answer to the next request of this kind goes no further after so many bytes, until this is closed. */
    public OciServer stallAfter(String method, String path, int bytes) {
        faults.add(new Fault(method, path, 0, "", bytes, true));
        return this;
    }

    public String put(String repository, byte[] blob) {
        String digest = Digests.of(blob);
        blobs.put(repository + "@" + digest, blob);
        return digest;
    }

    public String putManifest(String repository, String tag, String type, byte[] manifest) {
        String digest = Digests.of(manifest);
        manifests.put(repository + ":" + tag, manifest);
        manifests.put(repository + ":" + digest, manifest);
        types.put(digest, type);
        return digest;
    }

    /** How many requests begin so. */
    public long count(String start) {
        return requests.stream().filter(request -> request.startsWith(start)).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            requests.add(exchange.getRequestMethod() + " " + path);
            logins.add(String.join("", exchange.getRequestHeaders().getOrDefault("Authorization", List.of())));
            Optional<Fault> fault = faults.stream()
                    .filter(one -> one.method().equals(exchange.getRequestMethod()) && path.contains(one.path()))
                    .findFirst();
            if (fault.isPresent() && faults.remove(fault.get())) {
                fail(exchange, fault.get(), path);
            } else if (tokens.isPresent() && !tokens.get().lets(exchange)) {
                tokens.get().answer(exchange, host());
            } else if (password.isPresent()
                    && !password.get().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"here\"");
                answer(exchange, 401, new byte[0]);
            } else {
                route(exchange, path);
            }
        }
    }

    private void fail(HttpExchange exchange, Fault fault, String path) throws IOException {
        if (fault.status() != 0) {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, fault.status(), fault.body().getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] part = exchange.getRequestBody().readNBytes(fault.bytes());
        if (exchange.getRequestMethod().equals("PATCH")) {
            append(id(path), part);
        } else if (exchange.getRequestMethod().equals("GET") && path.contains("/blobs/")) {
            byte[] whole = blobs.getOrDefault(path.substring(4).replace("/blobs/", "@"), new byte[0]);
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, fault.bytes());
            exchange.getResponseBody().flush();
        }
        if (fault.stalls()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void route(HttpExchange exchange, String uri) throws IOException {
        String path = uri.substring("/v2/".length());
        if (path.contains("/blobs/uploads/")) {
            upload(exchange, path);
        } else if (path.contains("/blobs/")) {
            read(exchange, Optional.ofNullable(blobs.get(path.replace("/blobs/", "@"))), "application/octet-stream");
        } else {
            manifest(exchange, path.replace("/manifests/", ":"));
        }
    }

    private void manifest(HttpExchange exchange, String key) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String repository = key.substring(0, key.indexOf(':'));
            putManifest(
                    repository,
                    key.substring(key.indexOf(':') + 1),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    body);
            if (listsSubjects && new String(body, StandardCharsets.UTF_8).contains("\"subject\"")) {
                exchange.getResponseHeaders().set("OCI-Subject", "sha256:of-the-image");
            }
            answer(exchange, 201, new byte[0]);
            return;
        }
        Optional<byte[]> there = Optional.ofNullable(manifests.get(key));
        if (there.isPresent()) {
            exchange.getResponseHeaders().set("Docker-Content-Digest", Digests.of(there.get()));
        }
        read(exchange, there, there.map(Digests::of).map(types::get).orElse("text/plain"));
    }

    private static void read(HttpExchange exchange, Optional<byte[]> content, String type) throws IOException {
        if (content.isEmpty()) {
            answer(
                    exchange,
                    404,
                    "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"none\"}]}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] body = content.get();
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null) {
            int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            answer(exchange, 206, Arrays.copyOfRange(body, from, body.length));
        } else {
            answer(exchange, 200, body);
        }
    }

    private void upload(HttpExchange exchange, String path) throws IOException {
        String repository = path.substring(0, path.indexOf("/blobs/"));
        String id = id(path);
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        switch (exchange.getRequestMethod()) {
            case "POST" -> begin(exchange, repository, query);
            case "PATCH" -> patch(exchange, repository, id);
            case "GET" -> located(exchange, repository, id, uploads.containsKey(id) ? 204 : 404);
            default -> {
                append(id, exchange.getRequestBody().readAllBytes());
                finish(
                        exchange,
                        repository,
                        Optional.ofNullable(uploads.remove(id)).orElse(new byte[0]),
                        query.replaceAll(".*digest=", ""));
            }
        }
    }

    private void patch(HttpExchange exchange, String repository, String id) throws IOException {
        byte[] piece = exchange.getRequestBody().readAllBytes();
        if (pieces == Pieces.REFUSED) {
            answer(exchange, 405, "{\"errors\":[{\"code\":\"UNSUPPORTED\"}]}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (pieces == Pieces.TAKEN || uploads.getOrDefault(id, new byte[0]).length == 0) {
            append(id, piece);
        }
        located(exchange, repository, id, pieces == Pieces.FIRST_ONLY ? 201 : 202);
    }

    private void begin(HttpExchange exchange, String repository, String query) throws IOException {
        String mount = query.replaceAll("mount=([^&]*)&from=(.*)", "$2@$1");
        byte[] other = blobs.get(mount);
        if (other != null) {
            put(repository, other);
            answer(exchange, 201, new byte[0]);
            return;
        }
        String id = UUID.randomUUID().toString();
        uploads.put(id, new byte[0]);
        located(exchange, repository, id, 202);
    }

    private void located(HttpExchange exchange, String repository, String id, int status) throws IOException {
        int size = uploads.getOrDefault(id, new byte[0]).length;
        exchange.getResponseHeaders().set("Location", uploadsAt + "/v2/" + repository + "/blobs/uploads/" + id);
        exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, size - 1));
        answer(exchange, status, new byte[0]);
    }

    private void finish(HttpExchange exchange, String repository, byte[] content, String digest) throws IOException {
        if (Digests.of(content).equals(digest)) {
            put(repository, content);
            answer(exchange, 201, new byte[0]);
        } else {
            answer(exchange, 400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String id(String path) {
        return path.replaceAll("\\?.*", "").replaceAll(".*/", "");
    }

    private void append(String id, byte[] more) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(uploads.getOrDefault(id, new byte[0]));
        all.writeBytes(more);
        uploads.put(id, all.toByteArray());
    }

    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
