package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.elb.TargetRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The last hundred events of a service, in ECS's words. */
final class EventLog {

    private static final int KEPT = 100;
    private static final Duration SILENCE = Duration.ofHours(6);

    private final String service;
    private final Ids ids;
    private final Deque<ServiceEvent> events = new ArrayDeque<>();

    /** What was said once and is not said again, with when, until its cause is gone or six hours have passed. */
    private final Map<String, Instant> said = new HashMap<>();

    EventLog(String service, Ids ids) {
        this.service = service;
        this.ids = ids;
    }

    List<ServiceEvent> newestFirst() {
        return List.copyOf(events);
    }

    void started(Collection<Task> tasks, Instant now) {
        add(now, "has started %d tasks: %s.".formatted(tasks.size(), list(tasks)));
    }

    void stopped(Collection<Task> tasks, Instant now) {
        add(now, "has stopped %d running tasks: %s.".formatted(tasks.size(), list(tasks)));
    }

    void registered(long targets, String groupArn, Instant now) {
        add(now, "registered %d targets in (target-group %s)".formatted(targets, groupArn));
    }

    void deregistered(long targets, String groupArn, Instant now) {
        add(now, "deregistered %d targets in (target-group %s)".formatted(targets, groupArn));
    }

    void draining(String deploymentId, long tasks, Instant now) {
        write(
                now,
                "(service %s, taskSet %s) has begun draining connections on %d tasks."
                        .formatted(service, deploymentId, tasks));
    }

    void completed(Deployment deployment, Instant now) {
        add(now, "(deployment %s) deployment completed.".formatted(deployment.id()));
    }

    void failed(Deployment deployment, String why, Instant now) {
        add(now, "(deployment %s) deployment failed: %s.".formatted(deployment.id(), why));
    }

    void rollingBack(Deployment to, Instant now) {
        add(now, "rolling back to deployment %s.".formatted(to.id()));
    }

    void steady(Instant now) {
        said.clear();
        add(now, "has reached a steady state.");
    }

    void unhealthyTarget(TargetRef target, String reason, Instant now) {
        add(
                now,
                "(port %d) is unhealthy in (target-group %s) due to (reason %s)"
                        .formatted(target.port(), target.groupArn(), reason));
    }

    void unhealthyContainer(Task task, Instant now) {
        add(now, "(task %s) failed container health checks.".formatted(task.id()));
    }

    void unableToStart(Instant now) {
        once(now, "is unable to consistently start tasks successfully.");
    }

    void unableToPlace(String reason, Instant now) {
        once(now, "was unable to place a task. Reason: %s%s".formatted(reason, reason.endsWith(".") ? "" : "."));
    }

    void noInstance(String instance, String shortage, Instant now) {
        once(
                now,
                "was unable to place a task because no container instance met all of its requirements. The closest"
                        + " matching (container-instance %s) has insufficient %s available. For more information, see"
                                .formatted(instance, shortage)
                        + " the Troubleshooting section of the Amazon ECS Developer Guide.");
    }

    void stalled(Instant now) {
        write(
                now,
                "service (%s) was unable to stop or start tasks during a deployment because of the service deployment"
                                .formatted(service)
                        + " configuration. Update the minimumHealthyPercent or maximumPercent value and try again.");
    }

    private void once(Instant now, String text) {
        Instant last = said.get(text);
        if (last == null || !now.isBefore(last.plus(SILENCE))) {
            said.put(text, now);
            add(now, text);
        }
    }

    private void add(Instant now, String text) {
        write(now, "(service %s) %s".formatted(service, text));
    }

    private void write(Instant now, String message) {
        events.addFirst(new ServiceEvent(ids.uuid(), now, message));
        if (events.size() > KEPT) {
            events.removeLast();
        }
    }

    private static String list(Collection<Task> tasks) {
        return tasks.stream().map(task -> "(task %s)".formatted(task.id())).collect(Collectors.joining(" "));
    }
}
