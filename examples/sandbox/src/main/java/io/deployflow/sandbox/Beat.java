package io.deployflow.sandbox;

import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.elb.Balancing.Check;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.HealthProbe;
import io.deployflow.sandbox.port.TaskStatus;
import io.deployflow.sandbox.scheduler.Action;
import io.deployflow.sandbox.scheduler.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a cloud on by one beat: observes the data plane, asks the state machines what to do while it holds the lock,
 * and does it after, routes first so that a target is draining before its container is told to stop. One thread at a
 * time.
 */
final class Beat {

    private static final Logger LOG = LoggerFactory.getLogger(Beat.class);

    private final Cloud cloud;
    private final Ports ports;
    private final Object lock;
    private final TaskExecutor executor;
    private final Queue<Checked> results = new ConcurrentLinkedQueue<>();
    private final Map<String, List<Backend>> routed = new HashMap<>();

    Beat(Cloud cloud, Ports ports, Object lock) {
        this.cloud = cloud;
        this.ports = ports;
        this.lock = lock;
        this.executor = new TaskExecutor(ports.runtime(), cloud.logs());
    }

    /** The result of a health check that was sent. */
    private record Checked(TargetRef target, HealthProbe.Result result) {}

    /** What one beat found to do. */
    private record Work(List<Action> actions, List<Check> checks, Map<String, List<Backend>> routes) {}

    void beat() {
        Map<String, TaskStatus> seen = observe();
        Work work;
        synchronized (lock) {
            work = work(seen);
        }
        route(work.routes());
        work.actions().forEach(executor::execute);
        work.checks().forEach(this::send);
    }

    private Map<String, TaskStatus> observe() {
        List<String> ids;
        synchronized (lock) {
            ids = cloud.clusters().values().stream()
                    .flatMap(Cluster::tasks)
                    .map(Cluster.Placed::task)
                    .filter(task -> !task.stopped())
                    .map(Task::id)
                    .toList();
        }
        Map<String, TaskStatus> seen = new HashMap<>();
        ids.forEach(id -> ports.runtime().observe(id).ifPresent(status -> seen.put(id, status)));
        return seen;
    }

    private Work work(Map<String, TaskStatus> seen) {
        for (Checked checked = results.poll(); checked != null; checked = results.poll()) {
            cloud.balancing().checked(checked.target(), checked.result());
        }
        List<Check> checks = cloud.balancing().dueChecks(cloud.now());
        Observed facts = new Observed(cloud.now(), seen, cloud.balancing());
        List<Action> actions = new ArrayList<>();
        for (Cluster cluster : cloud.clusters().values()) {
            cluster.services()
                    .values()
                    .forEach(service -> actions.addAll(service.scheduler().tick(facts)));
            actions.addAll(cluster.standalone().tick(facts));
        }
        register(actions);
        return new Work(actions, checks, cloud.balancing().routes());
    }

    private void register(List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.RegisterTarget register) {
                cloud.balancing().register(register.target(), cloud.now());
            } else if (action instanceof Action.DeregisterTarget deregister) {
                cloud.balancing().deregister(deregister.target(), cloud.now());
            }
        }
    }

    /** Routes what has changed; what fails is tried again at the next beat. */
    private void route(Map<String, List<Backend>> routes) {
        routes.forEach((listener, backends) -> {
            if (!backends.equals(routed.getOrDefault(listener, List.of()))) {
                route(listener, backends);
            }
        });
        routed.keySet().retainAll(routes.keySet());
    }

    private void route(String listener, List<Backend> backends) {
        try {
            ports.loadBalancer().route(listener, backends);
            routed.put(listener, backends);
        } catch (RuntimeException e) {
            // The tasks must go on: their actions are asked for once only.
            LOG.error("listener {} could not be routed to {}", listener, backends, e);
        }
    }

    private void send(Check check) {
        CompletableFuture<Void> unused = ports.probe()
                .get(check.url(), check.timeout())
                .thenAccept(result -> results.add(new Checked(check.target(), result)));
    }
}
