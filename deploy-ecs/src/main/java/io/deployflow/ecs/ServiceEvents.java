package io.deployflow.ecs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/** Picks from a service's events the one that tells of trouble. */
final class ServiceEvents {
    private static final Pattern UNHEALTHY = Pattern.compile("is unhealthy in .*due to \\(reason (.*)\\)");
    private static final Pattern TASK = Pattern.compile("\\(task ([0-9a-f]+)\\)");
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

    /**
     * Why a load balancer found one of an attempt's tasks unhealthy: it forgets that once ECS takes the task from it.
     */
    static Optional<String> unhealthy(Service service, Attempt attempt) {
        return newest(service, attempt, "is unhealthy in")
                .flatMap(message -> UNHEALTHY
                        .matcher(message)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst());
    }

    /** Ids of the tasks that the service has started since an attempt began. */
    static List<String> started(Service service, Attempt attempt) {
        return service.events().stream()
                .filter(event -> isSince(event, attempt))
                .map(ServiceEvent::message)
                .filter(message -> message.contains("has started"))
                .flatMap(message -> TASK.matcher(message).results())
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /** The newest of an attempt's that says one of these things. */
    static Optional<String> newest(Service service, Attempt attempt, String... words) {
        return service.events().stream()
                .filter(event -> isSince(event, attempt))
                .map(ServiceEvent::message)
                .filter(message -> List.of(words).stream().anyMatch(message::contains))
                .findFirst();
    }

    /** Both times are ECS's own: the clock here may be wrong. */
    private static boolean isSince(ServiceEvent event, Attempt attempt) {
        return attempt.createdAt()
                .filter(begun -> event.createdAt() != null && event.createdAt().isBefore(begun))
                .isEmpty();
    }
}
