package io.deployflow.sandbox.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.Backend.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HaproxyBalancerIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<HttpServer> servers = new ArrayList<>();
    private Engine engine;
    private HaproxyBalancer balancer;
    private int port;

    @BeforeEach
    void open() {
        engine = Engine.connect("it-" + UUID.randomUUID());
        balancer = new HaproxyBalancer(engine, new ImageStore(engine));
        port = balancer.open("web", 0);
    }

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
        engine.close();
    }

    @Test
    void listener_withoutBackend_answers503() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(503);
    }

    @Test
    void route_whenBackendsChangeUnderLoad_dropsNoRequest() throws Exception {
        Backend one = backend("one", State.READY);
        Backend two = backend("two", State.READY);
        balancer.route("web", List.of(one));
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            clients.add(CompletableFuture.runAsync(() -> callUntil(done, answers)));
        }

        for (int round = 0; round < 40; round++) {
            balancer.route("web", List.of(one, two));
            balancer.route("web", List.of(in(one, State.DRAINING), two));
            balancer.route("web", List.of(two));
            balancer.route("web", List.of(in(two, State.DOWN), one));
            balancer.route("web", List.of(one));
        }
        done.set(true);
        CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        assertThat(answers).containsOnlyKeys("200 one", "200 two");
    }

    @Test
    void route_whenBackendDrains_finishesTheRequestInFlight() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Backend slow = server("slow", arrived, release);
        Backend other = backend("other", State.READY);
        balancer.route("web", List.of(slow));
        CompletableFuture<HttpResponse<String>> inFlight =
                http.sendAsync(request("/"), HttpResponse.BodyHandlers.ofString());
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        balancer.route("web", List.of(in(slow, State.DRAINING), other));
        balancer.route("web", List.of(other));

        assertThat(get("/").body()).isEqualTo("other");
        release.countDown();
        assertThat(inFlight.get(10, TimeUnit.SECONDS).body()).isEqualTo("slow");
    }

    @Test
    void route_sharesRequestsByWeight() throws Exception {
        Backend most = backend("most", State.READY);
        Backend few = backend("few", State.READY);
        balancer.route("web", List.of(most, weighted(few, 64)));

        Map<String, Integer> answers = new HashMap<>();
        for (int call = 0; call < 100; call++) {
            answers.merge(get("/").body(), 1, Integer::sum);
        }
        assertThat(answers.getOrDefault("few", 0)).isBetween(18, 22);

        balancer.route("web", List.of(weighted(most, 0), few));
        for (int call = 0; call < 20; call++) {
            assertThat(get("/").body()).isEqualTo("few");
        }
    }

    @Test
    void route_whenABackendHasDied_sendsTheRequestToAnother() throws Exception {
        Backend alive = backend("alive", State.READY);
        balancer.route("web", List.of(new Backend("127.0.0.1", FreePort.any(), State.READY), alive));

        for (int call = 0; call < 6; call++) {
            assertThat(get("/").body()).isEqualTo("alive");
        }
    }

    @Test
    void open_whenThePortIsTaken_takesAnother() {
        int second = balancer.open("second", port);

        assertThat(second).isNotEqualTo(port).isPositive();
        balancer.close("second");
        balancer.close("second");
    }

    private void callUntil(AtomicBoolean done, Map<String, Integer> answers) {
        while (!done.get()) {
            answers.merge(answer(), 1, Integer::sum);
        }
    }

    private String answer() {
        try {
            HttpResponse<String> response = get("/");
            return response.statusCode() + " " + response.body();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    private Backend backend(String name, State state) throws IOException {
        return in(server(name, new CountDownLatch(1), new CountDownLatch(0)), state);
    }

    private Backend server(String name, CountDownLatch arrived, CountDownLatch release) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            arrived.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] body = name.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return new Backend("127.0.0.1", server.getAddress().getPort(), State.READY);
    }

    private static Backend weighted(Backend backend, int weight) {
        return new Backend(backend.host(), backend.port(), backend.state(), weight);
    }

    private static Backend in(Backend backend, State state) {
        return new Backend(backend.host(), backend.port(), state);
    }
}
