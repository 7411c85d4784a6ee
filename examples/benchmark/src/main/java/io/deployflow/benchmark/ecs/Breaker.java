package io.deployflow.benchmark.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.benchmark.AwsJson;
import io.deployflow.benchmark.Medians;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How long ECS's circuit breaker takes to give a release up that nobody watches, in virtual time. */
final class Breaker {
    private static final String CLUSTER = "app-dev";
    /** The scheduler decides every five seconds. */
    private static final int MOMENTS = 5;

    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofHours(1);

    private Breaker() {}

    /**
     * From the update to the rollback; the median, as an update meets the scheduler at any moment between two beats.
     */
    static Duration time(Script script, Timings timings, int desired) {
        return Medians.of(IntStream.range(0, MOMENTS)
                        .mapToObj(moment -> time(script, timings, desired, Duration.ofSeconds(moment)))
                        .toList())
                .orElseThrow();
    }

    private static Duration time(Script script, Timings timings, int desired, Duration moment) {
        try (SimulatedSandbox sandbox = Sandbox.simulated().clock(timings).start()) {
            sandbox.addService("puma", desired);
            sandbox.advance(moment);
            AwsJson aws = new AwsJson(sandbox.endpoint(), sandbox.region());
            update(aws, sandbox.push("organization/app", "broken", script));
            Instant begin = sandbox.clock().instant();
            while (!newest(aws).path("status").asText().startsWith("ROLLBACK")) {
                if (Duration.between(begin, sandbox.clock().instant()).compareTo(MOST) > 0) {
                    throw new IllegalStateException("the circuit breaker did nothing for " + MOST);
                }
                sandbox.advance(BEAT);
            }
            return Duration.between(
                    Tasks.first(aws, CLUSTER, "puma", begin), sandbox.clock().instant());
        }
    }

    private static void update(AwsJson aws, String image) {
        JsonNode live = aws.ecs("DescribeTaskDefinition", Map.of("taskDefinition", "puma"))
                .path("taskDefinition");
        JsonNode containers = live.path("containerDefinitions").deepCopy();
        ((ObjectNode) containers.path(0)).put("image", image);
        String next = aws.ecs(
                        "RegisterTaskDefinition",
                        Map.of("family", "puma", "networkMode", "bridge", "containerDefinitions", containers))
                .path("taskDefinition")
                .path("taskDefinitionArn")
                .asText();
        aws.ecs("UpdateService", Map.of("cluster", CLUSTER, "service", "puma", "taskDefinition", next));
    }

    /** Of the services' own description, as the record shows a moment later. */
    private static JsonNode newest(AwsJson aws) {
        JsonNode all = aws.ecs("ListServiceDeployments", Map.of("cluster", CLUSTER, "service", "puma"))
                .path("serviceDeployments");
        String arn = all.path(0).path("serviceDeploymentArn").asText();
        return aws.ecs("DescribeServiceDeployments", Map.of("serviceDeploymentArns", List.of(arn)))
                .path("serviceDeployments")
                .path(0);
    }
}
