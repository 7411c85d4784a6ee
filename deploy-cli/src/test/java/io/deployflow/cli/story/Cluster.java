package io.deployflow.cli.story;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deployflow.sandbox.team.Team;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The cluster of the ecs target, as its owner sees it: through the control plane and not through deployflow.
 *
 * @param endpoint the control plane
 */
record Cluster(URI endpoint) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ECS = "AmazonEC2ContainerServiceV20141113.";
    private static final String ECR = "AmazonEC2ContainerRegistry_V20150921.";

    /** What a deploy could have changed: the service's task definition and deployments, the images, the calls. */
    List<String> state() {
        JsonNode service = service();
        List<String> state = new ArrayList<>();
        state.add(service.path("taskDefinition").asText());
        service.path("deployments")
                .forEach(deployment -> state.add(deployment.path("id").asText() + " "
                        + deployment.path("status").asText() + " "
                        + deployment.path("rolloutState").asText()));
        state.add(call(ECS + "ListTaskDefinitions", Map.of()).toString());
        state.add(call(ECR + "ListImages", Map.of("repositoryName", Team.REPOSITORY))
                .toString());
        state.add(changes().toString());
        return state;
    }

    /** The operations so far that change something, in their order; those that were refused too. */
    List<String> changes() {
        return StreamSupport.stream(
                        send("GET", "/_sandbox/calls", "").path("calls").spliterator(), false)
                .map(call -> call.path("operation").asText())
                .filter(operation -> !operation.matches("(Describe|List|Get|BatchGet|BatchCheck).*"))
                .toList();
    }

    /** The service. */
    JsonNode service() {
        return call(ECS + "DescribeServices", Map.of("cluster", Team.CLUSTER, "services", List.of(Team.SERVICE)))
                .at("/services/0");
    }

    /** Waits until the service runs tasks of two releases at once: an old one, and one that is new. */
    void awaitTwoReleasesRunning() {
        await("tasks of two releases run").atMost(Duration.ofMinutes(1)).until(() -> {
            List<Integer> running = new ArrayList<>();
            service()
                    .path("deployments")
                    .forEach(deployment ->
                            running.add(deployment.path("runningCount").asInt()));
            return running.size() == 2 && !running.contains(0);
        });
    }

    /**
     * From now on a load balancer lets go of a task only after this time.
     *
     * @param delay in AWS's time, which the sandbox compresses
     */
    void drainFor(Duration delay) {
        String group = service().at("/loadBalancers/0/targetGroupArn").asText();
        String form = "Action=ModifyTargetGroupAttributes&Version=2015-12-01"
                + "&Attributes.member.1.Key=deregistration_delay.timeout_seconds&Attributes.member.1.Value="
                + delay.toSeconds() + "&TargetGroupArn=" + URLEncoder.encode(group, StandardCharsets.UTF_8);
        try {
            ask(HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=story")
                    .POST(BodyPublishers.ofString(form))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the control plane refuse an operation, for as long as the result is open. */
    Refusal refuse(String operation) {
        send(
                "POST",
                "/_sandbox/faults",
                "{\"operation\": \"%s\", \"kind\": \"throttle\", \"count\": 1000}".formatted(operation));
        return () -> send("DELETE", "/_sandbox/faults", "");
    }

    /** Lasts until it is closed. */
    @FunctionalInterface
    interface Refusal extends AutoCloseable {
        @Override
        void close();
    }

    private JsonNode call(String target, Map<String, ?> request) {
        try {
            return JSON.readTree(ask(HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/x-amz-json-1.1")
                    .header("X-Amz-Target", target)
                    // The sandbox wants a signature, and takes any.
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=story")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(request)))
                    .build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(String method, String path, String body) {
        try {
            return JSON.readTree(ask(HttpRequest.newBuilder(endpoint.resolve(path))
                    .method(method, BodyPublishers.ofString(body))
                    .build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ask(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(request + " was answered with " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the sandbox", e);
        }
    }
}
