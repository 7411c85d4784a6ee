package io.deployflow.ecs;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/** Picks from a service's events the one that tells of trouble. */
final class ServiceEvents {
    private static final List<String> TROUBLE = List.of(
            "unable to place",
            "unable to stop or start",
            "unable to consistently start",
            "failed to launch",
            "deployment failed",
            "health checks");

    private ServiceEvents() {}

    /** The newest of an attempt's on a line of its own, as the list goes back for days; empty if there is none. */
    static String trouble(Service service, Attempt attempt) {
        Optional<String> newest = service.events().stream()
                .filter(event -> isSince(event, attempt))
                .map(ServiceEvent::message)
                .filter(message -> TROUBLE.stream().anyMatch(message::contains))
                .findFirst();
        return newest.map(message -> "\nECS says: " + message).orElse("");
    }

    /** Both times are ECS's own: the clock here may be wrong. */
    private static boolean isSince(ServiceEvent event, Attempt attempt) {
        return attempt.createdAt()
                .filter(begun -> event.createdAt() != null && event.createdAt().isBefore(begun))
                .isEmpty();
    }
}
