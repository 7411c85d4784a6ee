package io.deployflow.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deployflow.Secret;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowListener;
import io.deployflow.flow.JobState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of deploys, over HTTP, by a server that stands for theirs. */
class NoticesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String REVISION = "0123456789abcdef";

    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final NoticeHttp http = NoticeHttp.telling(warnings::add);
    private final HttpServer server = server();
    private volatile int status = 201;

    /** What the server was sent. */
    private record Posted(String path, Optional<String> authorization, JsonNode body) {}

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::take);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        posted.add(new Posted(
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                MAPPER.readTree(exchange.getRequestBody())));
        byte[] answer = "{\"id\":42}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private WebhookListener webhook() {
        return new WebhookListener("shop", Secret.of(url("/hook/s3cret")), http, Optional.of("https://ci/run/7"));
    }

    private GithubListener github() {
        return new GithubListener(
                url("/repos/organization/shop"), Secret.of("t0ken"), http, Optional.of("https://ci/run/7"));
    }

    private static void deploys(FlowListener listener, JobState outcome) {
        listener.onEvent(deployment(Optional.empty(), "", Duration.ZERO));
        listener.onEvent(deployment(Optional.of(outcome), "staging serves 0123456789", Duration.ofSeconds(12)));
    }

    private static FlowEvent deployment(Optional<JobState> outcome, String detail, Duration took) {
        return new FlowEvent.Deployment(
                Instant.EPOCH,
                "deploy",
                List.of("staging", "classic"),
                "production",
                Optional.of("https://shop.example"),
                REVISION,
                outcome,
                detail,
                took);
    }

    @Test
    void webhook_isToldOfTheBeginAndTheEnd() {
        deploys(webhook(), JobState.SUCCEEDED);

        assertThat(posted).extracting(Posted::path).containsOnly("/hook/s3cret");
        assertThat(posted)
                .extracting(post -> post.body().path("text").asText())
                .containsExactly(
                        "Deploying shop 0123456789 to production\nhttps://shop.example\nhttps://ci/run/7",
                        "Deployed shop 0123456789 to production in 12 s: staging serves 0123456789"
                                + "\nhttps://shop.example\nhttps://ci/run/7");
        assertThat(posted)
                .extracting(post -> post.body().path("outcome").asText())
                .containsExactly("started", "succeeded");
        assertThat(posted.get(1).body().path("targets")).hasSize(2);
        assertThat(warnings).isEmpty();
    }

    @Test
    void github_isToldOfADeploymentAndOfItsStates() {
        deploys(github(), JobState.FAILED);

        assertThat(posted)
                .extracting(Posted::path)
                .containsExactly(
                        "/repos/organization/shop/deployments",
                        "/repos/organization/shop/deployments/42/statuses",
                        "/repos/organization/shop/deployments/42/statuses");
        assertThat(posted).extracting(Posted::authorization).containsOnly(Optional.of("Bearer t0ken"));
        assertThat(posted.get(0).body().path("ref").asText()).isEqualTo(REVISION);
        assertThat(posted.get(0).body().path("environment").asText()).isEqualTo("production");
        assertThat(posted)
                .extracting(post -> post.body().path("state").asText())
                .containsExactly("", "in_progress", "failure");
        assertThat(posted.get(2).body().path("log_url").asText()).isEqualTo("https://ci/run/7");
    }

    @Test
    void notices_whenTheyAreRefused_warnWithoutTheAddressAndGoOn() {
        status = 500;

        deploys(webhook(), JobState.SUCCEEDED);
        deploys(github(), JobState.SUCCEEDED);

        assertThat(posted)
                .extracting(Posted::path)
                .containsExactly("/hook/s3cret", "/hook/s3cret", "/repos/organization/shop/deployments");
        assertThat(warnings).hasSize(3).containsOnly("who is to be told of the deploy answered 500");
    }

    @Test
    void notices_whenNobodyIsThere_warnWithoutTheAddressAndGoOn() {
        server.stop(0);

        deploys(webhook(), JobState.SUCCEEDED);

        assertThat(warnings)
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith("who is to be told of the deploy cannot be reached: ")
                        .doesNotContain("s3cret"));
    }
}
