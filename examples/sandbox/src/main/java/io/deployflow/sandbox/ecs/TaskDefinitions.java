package io.deployflow.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every revision of every task definition, kept as it was given with the fields that ECS adds. */
public final class TaskDefinitions {

    private final Arns arns;
    private final Map<String, List<ObjectNode>> families = new TreeMap<>();

    /**
     * With none.
     *
     * @param arns makes ARNs
     */
    public TaskDefinitions(Arns arns) {
        this.arns = arns;
    }

    /**
     * Stores a new revision.
     *
     * @param definition checked and completed by {@link TaskDefinitionRules}, without tags
     * @param now the time
     * @return the stored revision
     */
    public ObjectNode register(ObjectNode definition, Instant now) {
        String family = definition.path("family").asText();
        List<ObjectNode> revisions = families.computeIfAbsent(family, name -> new ArrayList<>());
        int revision = revisions.size() + 1;
        ObjectNode stored = definition.deepCopy();
        stored.put("taskDefinitionArn", arns.ecs("task-definition", family + ":" + revision));
        stored.put("revision", revision);
        stored.put("status", "ACTIVE");
        stored.put("registeredAt", Json.time(now));
        stored.put("registeredBy", "arn:aws:iam::%s:user/sandbox".formatted(arns.account()));
        revisions.add(stored);
        return stored;
    }

    /**
     * Finds a revision.
     *
     * @param reference {@code family} (the newest active one), {@code family:revision} or an ARN
     * @return empty when there is none
     */
    public Optional<ObjectNode> find(String reference) {
        String name = Arns.name(reference);
        int colon = name.indexOf(':');
        if (colon < 0) {
            return newestActive(families.getOrDefault(name, List.of()));
        }
        return families.getOrDefault(name.substring(0, colon), List.of()).stream()
                .filter(stored -> stored.path("revision").asText().equals(name.substring(colon + 1)))
                .findFirst();
    }

    /**
     * Finds a revision that tasks may be started from.
     *
     * @param reference as {@link #find} takes it
     * @return the revision
     * @throws AwsException when there is none or it is inactive
     */
    public ObjectNode active(String reference) {
        ObjectNode found = find(reference).orElseThrow(() -> AwsException.client("TaskDefinition not found."));
        if (!isActive(found)) {
            throw AwsException.client("TaskDefinition is inactive");
        }
        return found;
    }

    /**
     * Lists revisions.
     *
     * @param status ACTIVE or INACTIVE
     * @return by family, the oldest first
     */
    public List<ObjectNode> list(String status) {
        return families.values().stream()
                .flatMap(List::stream)
                .filter(stored -> stored.path("status").asText().equals(status))
                .toList();
    }

    private static Optional<ObjectNode> newestActive(List<ObjectNode> revisions) {
        return revisions.stream().filter(TaskDefinitions::isActive).reduce((older, newer) -> newer);
    }

    private static boolean isActive(ObjectNode stored) {
        return stored.path("status").asText().equals("ACTIVE");
    }
}
