package io.deployflow.sandbox.elb;

import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.HealthProbe.Result;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that ELBv2 knows, and the checks and routes that follow from it. Not thread-safe. */
public final class Balancing {

    private final Timings timings;
    private final Map<String, Balancer> balancers = new LinkedHashMap<>();
    private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
    private final Map<String, Listener> listeners = new LinkedHashMap<>();

    /**
     * With nothing in it.
     *
     * @param timings compresses intervals and delays
     */
    public Balancing(Timings timings) {
        this.timings = timings;
    }

    /**
     * A health check that should be sent.
     *
     * @param target whose health it is
     * @param url where to send it
     * @param timeout real time for the answer
     */
    public record Check(TargetRef target, URI url, Duration timeout) {}

    /** {@return load balancers by ARN, to be read and changed} */
    public Map<String, Balancer> balancers() {
        return balancers;
    }

    /** {@return target groups by ARN, to be read and changed} */
    public Map<String, TargetGroup> groups() {
        return groups;
    }

    /** {@return listeners by ARN, to be read and changed} */
    public Map<String, Listener> listeners() {
        return listeners;
    }

    /**
     * Registers a target. One that is draining starts anew; one that is registered stays as it is.
     *
     * @param target what to register; an unknown group is ignored, since it was deleted meanwhile
     * @param now the time
     */
    public void register(TargetRef target, Instant now) {
        group(target).ifPresent(group -> {
            CheckedTarget known = group.targets().get(target);
            if (known == null || known.health().state() == TargetState.DRAINING) {
                group.targets().put(target, new CheckedTarget(now.plus(timings.targetRegistration())));
            }
        });
    }

    /**
     * Begins to drain a target. Harmless when it is not registered.
     *
     * @param target what to deregister
     * @param now the time
     */
    public void deregister(TargetRef target, Instant now) {
        group(target).ifPresent(group -> {
            CheckedTarget known = group.targets().get(target);
            if (known != null) {
                known.deregister(now, timings.scale(group.deregistrationDelay()));
            }
        });
    }

    /**
     * The health of a target.
     *
     * @param target any target
     * @return unused when it is not registered, or its group has no listener
     */
    public TargetHealth health(TargetRef target) {
        Optional<CheckedTarget> known = group(target)
                .flatMap(group -> Optional.ofNullable(group.targets().get(target)));
        if (known.isEmpty()) {
            return TargetHealth.NOT_REGISTERED;
        }
        return inUse(target.groupArn()) ? known.get().health() : TargetHealth.NOT_IN_USE;
    }

    /**
     * Forgets drained targets and names the checks that are due; each is taken as sent.
     *
     * @param now the time
     * @return what to send
     */
    public List<Check> dueChecks(Instant now) {
        List<Check> due = new ArrayList<>();
        for (TargetGroup group : groups.values()) {
            group.targets().values().removeIf(target -> target.drained(now));
            if (inUse(group.arn())) {
                group.targets().forEach((ref, target) -> {
                    if (target.due(now)) {
                        target.sent(now, timings.scale(group.healthCheck().interval()));
                        due.add(check(ref, group.healthCheck()));
                    }
                });
            }
        }
        return due;
    }

    /**
     * Takes the result of a check. Harmless when the target is gone.
     *
     * @param target whose health it is
     * @param result what came of it
     */
    public void checked(TargetRef target, Result result) {
        group(target).ifPresent(group -> {
            CheckedTarget known = group.targets().get(target);
            if (known != null) {
                known.checked(result, group.healthCheck());
            }
        });
    }

    /**
     * Where the requests of every listener go now. When no target is healthy, unhealthy ones get them: ELBv2 fails
     * open.
     *
     * @return backends by the listener's name at the reverse proxy
     */
    public Map<String, List<Backend>> routes() {
        Map<String, List<Backend>> routes = new LinkedHashMap<>();
        for (Listener listener : listeners.values()) {
            TargetGroup group = groups.get(listener.targetGroupArn());
            routes.put(listener.name(), group == null ? List.of() : backends(group));
        }
        return routes;
    }

    /**
     * Whether a target group serves a listener.
     *
     * @param groupArn its ARN
     * @return false when its targets get no traffic
     */
    public boolean inUse(String groupArn) {
        return listeners.values().stream()
                .anyMatch(listener -> listener.targetGroupArn().equals(groupArn));
    }

    private static List<Backend> backends(TargetGroup group) {
        boolean failOpen = group.targets().values().stream()
                .noneMatch(target -> target.health().state() == TargetState.HEALTHY);
        List<Backend> backends = new ArrayList<>();
        group.targets()
                .forEach((ref, target) -> backends.add(new Backend(
                        ref.host(), ref.port(), state(target.health().state(), failOpen))));
        return List.copyOf(backends);
    }

    private static Backend.State state(TargetState state, boolean failOpen) {
        return switch (state) {
            case HEALTHY -> Backend.State.READY;
            case DRAINING -> Backend.State.DRAINING;
            case UNHEALTHY -> failOpen ? Backend.State.READY : Backend.State.DOWN;
            case INITIAL, UNUSED -> Backend.State.DOWN;
        };
    }

    private Check check(TargetRef ref, HealthCheckSettings settings) {
        URI url = URI.create("http://" + ref.host() + ":" + settings.checkedPort(ref.port()) + settings.path());
        return new Check(ref, url, timings.scaleTimeout(settings.timeout()));
    }

    private Optional<TargetGroup> group(TargetRef target) {
        return Optional.ofNullable(groups.get(target.groupArn()));
    }
}
