package io.deployflow.ecs;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * What a load balancer says of one target.
 *
 * @param id the target's address, or the id of the instance that it is on
 * @param port its port
 * @param state {@code initial}, {@code healthy}, {@code unhealthy}, {@code draining} and so on
 * @param reason why it is not healthy, for people; empty if it is
 */
record TargetState(String id, int port, String state, String reason) {
    private static final Comparator<TargetState> WORST_FIRST =
            Comparator.comparing((TargetState target) -> !target.isUnhealthy()).thenComparing(TargetState::isHealthy);

    TargetState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
    }

    /** As the load balancer describes it. */
    static TargetState of(TargetHealthDescription described) {
        return new TargetState(
                described.target().id(),
                ServiceView.count(described.target().port()),
                described.targetHealth().stateAsString(),
                Optional.ofNullable(described.targetHealth().description())
                        .or(() -> Optional.ofNullable(described.targetHealth().reasonAsString()))
                        .orElse(""));
    }

    boolean isHealthy() {
        return state.equals("healthy");
    }

    boolean isUnhealthy() {
        return state.equals("unhealthy");
    }

    /**
     * The target that a task is: by its own address, or else by its port on an instance, if no other instance has that.
     * Of one that is in several target groups, the worst: ECS wants it healthy in all.
     */
    static Optional<TargetState> of(Task task, List<TargetState> all) {
        List<TargetState> own =
                all.stream().filter(target -> hasAddress(task, target)).toList();
        List<TargetState> mine = own.isEmpty()
                ? all.stream().filter(target -> hasPort(task, target)).toList()
                : own;
        return mine.stream().map(TargetState::id).distinct().count() == 1
                ? mine.stream().min(WORST_FIRST)
                : Optional.empty();
    }

    private static boolean hasAddress(Task task, TargetState target) {
        return task.attachments().stream()
                .flatMap(attachment -> attachment.details().stream())
                .map(KeyValuePair::value)
                .anyMatch(target.id()::equals);
    }

    private static boolean hasPort(Task task, TargetState target) {
        return task.containers().stream()
                .map(Container::networkBindings)
                .flatMap(List::stream)
                .anyMatch(binding -> ServiceView.count(binding.hostPort()) == target.port());
    }
}
