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

    /** The few events that may belong to the rollout just watched; the list goes back for days. */
    private static final int RECENT = 10;

    private ServiceEvents() {}

    /** The newest of them on a line of its own; empty if there is none. */
    static String trouble(Service service) {
        Optional<String> newest = service.events().stream()
                .limit(RECENT)
                .map(ServiceEvent::message)
                .filter(message -> TROUBLE.stream().anyMatch(message::contains))
                .findFirst();
        return newest.map(message -> "\nECS says: " + message).orElse("");
    }
}
