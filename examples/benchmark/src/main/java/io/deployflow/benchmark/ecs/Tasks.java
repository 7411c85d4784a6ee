package io.deployflow.benchmark.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.benchmark.AwsJson;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The tasks of a sandbox's service. */
final class Tasks {
    private static final int MILLIS = 1000;

    private Tasks() {}

    /** When the first one was made since then, of those that have stopped. */
    static Instant first(AwsJson aws, String cluster, String service, Instant since) {
        JsonNode arns = aws.ecs(
                        "ListTasks", Map.of("cluster", cluster, "serviceName", service, "desiredStatus", "STOPPED"))
                .path("taskArns");
        JsonNode tasks = aws.ecs("DescribeTasks", Map.of("cluster", cluster, "tasks", arns))
                .path("tasks");
        return StreamSupport.stream(tasks.spliterator(), false)
                .map(task -> instant(task, "createdAt"))
                .filter(created -> !created.isBefore(since))
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("no task of " + service + " has stopped"));
    }

    /** An instant as ECS writes it. */
    static Instant instant(JsonNode node, String field) {
        return Instant.ofEpochMilli(Math.round(node.path(field).asDouble() * MILLIS));
    }
}
