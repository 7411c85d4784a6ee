package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What RunTask has started by each {@code clientToken}. ECS remembers it for a day, the sandbox for ever. */
final class RunTokens {

    private final Map<Key, Run> runs = new HashMap<>();

    private record Key(String cluster, String token) {}

    private record Run(ObjectNode request, List<String> tasks) {}

    /**
     * The tasks that were started by the token of a request; empty when it has none, or a new one.
     *
     * @throws AwsException when the token was used for another request
     */
    Optional<List<String>> tasks(Cluster cluster, ObjectNode request) {
        Optional<Run> before = key(cluster, request).map(runs::get);
        before.filter(run -> !run.request().equals(request)).ifPresent(run -> {
            throw new AwsException(
                    "ConflictException",
                    "The RunTask request could not be processed due to conflicts. The provided clientToken is already"
                            + " in use with a different RunTask request.");
        });
        return before.map(Run::tasks);
    }

    /** Remembers what came of a request. */
    void started(Cluster cluster, ObjectNode request, ObjectNode answer) {
        List<String> tasks = answer.path("tasks")
                .valueStream()
                .map(task -> task.path("taskArn").asText())
                .toList();
        key(cluster, request).ifPresent(key -> runs.put(key, new Run(request, tasks)));
    }

    private static Optional<Key> key(Cluster cluster, ObjectNode request) {
        return Json.text(request, "clientToken").map(token -> new Key(cluster.arn(), token));
    }
}
