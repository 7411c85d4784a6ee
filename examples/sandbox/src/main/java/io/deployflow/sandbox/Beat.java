package io.deployflow.sandbox;

import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.elb.Balancing.Check;
import io.deployflow.sandbox.elb.Forward;
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
 * Moves the clouds on by one beat: observes the data plane, asks the state machines what to do while it holds the lock,
 * and does it after, routes first so that a target is draining before its container is told to stop. One thread at a
 * time.
 */
final class Beat {

    private static final Logger LOG = LoggerFactory.getLogger(Beat.class);

    private final Clouds clouds;
    private final Ports ports;
    private final Object lock;
    private final Queue<Checked> results = new ConcurrentLinkedQueue<>();
    private final Map<String, List<Backend>> routed = new HashMap<>();

    Beat(Clouds clouds, Ports ports, Object lock) {
        this.clouds = clouds;
        this.ports = ports;
        this.lock = lock;
    }

    /** The result of a health check that was sent. */
    private record Checked(Cloud cloud, TargetRef target, HealthProbe.Result result) {}

    /** What one beat found to do for a cloud. */
    private record Work(Cloud cloud, List<Action> actions, List<Check> checks, Map<String, List<Backend>> routes) {}

    void beat() {
        Map<String, TaskStatus> seen = observe();
        List<Work> all = new ArrayList<>();
        synchronized (lock) {
            for (Checked checked = results.poll(); checked != null; checked = results.poll()) {
                checked.cloud().balancing().checked(checked.target(), checked.result());
            }
            clouds.all().forEach(cloud -> all.add(work(cloud, seen)));
        }
        Map<String, List<Backend>> routes = new HashMap<>();
        all.forEach(work -> routes.putAll(work.routes()));
        route(routes);
        all.forEach(this::carryOut);
    }

    private void carryOut(Work work) {
        TaskExecutor executor = new TaskExecutor(ports.runtime(), work.cloud().logs());
        work.actions().forEach(executor::execute);
        work.checks().forEach(check -> send(work.cloud(), check));
    }

    private Map<String, TaskStatus> observe() {
        List<String> ids;
        synchronized (lock) {
            ids = clouds.all().stream()
                    .flatMap(cloud -> cloud.clusters().values().stream())
                    .flatMap(Cluster::tasks)
                    .map(Cluster.Placed::task)
                    .filter(task -> !task.stopped())
                    .map(Task::id)
                    .toList();
        }
        Map<String, TaskStatus> seen = new HashMap<>();
        ids.forEach(id -> ports.runtime()
                .observe(id)
                .ifPresent(status -> seen.put(id, status.later(clouds.clock().skew()))));
        return seen;
    }

    private Work work(Cloud cloud, Map<String, TaskStatus> seen) {
        List<Check> checks = cloud.balancing().dueChecks(cloud.now());
        Observed facts =
                new Observed(cloud.now(), seen, cloud, new TaskResources(cloud, clouds.identities()), clouds.hooks());
        List<Action> actions = new ArrayList<>();
        for (Cluster cluster : cloud.clusters().values()) {
            cluster.services()
                    .values()
                    .forEach(service -> actions.addAll(service.scheduler().tick(facts)));
            actions.addAll(cluster.standalone().tick(facts));
        }
        register(cloud, actions);
        return new Work(cloud, actions, checks, cloud.balancing().routes());
    }

    /** Has the balancer do what is its. */
    private static void register(Cloud cloud, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.RegisterTarget register) {
                cloud.balancing().register(register.target(), cloud.now());
            } else if (action instanceof Action.DeregisterTarget deregister) {
                cloud.balancing().deregister(deregister.target(), cloud.now());
            } else if (action instanceof Action.ShiftTraffic shift) {
                cloud.balancing().forward(shift.ruleArn(), new Forward(shift.weights()));
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

    private void send(Cloud cloud, Check check) {
        CompletableFuture<Void> unused = ports.probe()
                .get(check.url(), check.timeout())
                .thenAccept(result -> results.add(new Checked(cloud, check.target(), result)));
    }
}
