package io.deployflow.sandbox.elb;

import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.HealthProbe.Result;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that ELBv2 knows, and the checks and routes that follow from it. Not thread-safe. */
public final class Balancing {

    private final Timings timings;
    private final Map<String, Balancer> balancers = new LinkedHashMap<>();
    private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new LinkedHashMap<>();

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

    /** {@return rules by ARN without those that stand for a listener's own action, to be read and changed} */
    public Map<String, Rule> rules() {
        return rules;
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
     * Where the requests of every listener go now.
     *
     * @return backends by the listener's name at the reverse proxy
     */
    public Map<String, List<Backend>> routes() {
        Map<String, List<Backend>> routes = new LinkedHashMap<>();
        for (Listener listener : listeners.values()) {
            routes.put(listener.name(), new Backends(effective(listener), groups).list());
        }
        return routes;
    }

    private Forward effective(Listener listener) {
        return rules(listener.arn()).stream().findFirst().map(Rule::forward).orElseGet(listener::forward);
    }

    /**
     * The rules of a listener, without the default one.
     *
     * @param listenerArn its ARN
     * @return in the order in which they are asked
     */
    public List<Rule> rules(String listenerArn) {
        return rules.values().stream()
                .filter(rule -> rule.listenerArn().equals(listenerArn))
                .sorted(Comparator.comparingInt(Rule::priority))
                .toList();
    }

    /**
     * Where a rule forwards to.
     *
     * @param ruleArn the ARN of a rule, or of the default rule of a listener
     * @return empty when there is no such rule
     */
    public Optional<Forward> forward(String ruleArn) {
        return Optional.ofNullable(rules.get(ruleArn))
                .map(Rule::forward)
                .or(() -> listenerOf(ruleArn).map(Listener::forward));
    }

    /**
     * Changes where a rule forwards to. Harmless when there is no such rule any more.
     *
     * @param ruleArn the ARN of a rule, or of the default rule of a listener
     * @param forward where requests go from now on
     */
    public void forward(String ruleArn, Forward forward) {
        rules.computeIfPresent(ruleArn, (arn, rule) -> rule.forwarding(forward));
        listenerOf(ruleArn).ifPresent(listener -> listeners.put(listener.arn(), listener.forwarding(forward)));
    }

    private Optional<Listener> listenerOf(String defaultRuleArn) {
        return listeners.values().stream()
                .filter(listener -> listener.defaultRuleArn().equals(defaultRuleArn))
                .findFirst();
    }

    /**
     * Whether a target group belongs to a listener or a rule, be it without requests.
     *
     * @param groupArn its ARN
     * @return false when its targets are not even checked
     */
    public boolean inUse(String groupArn) {
        return forwards().anyMatch(forward -> forward.groups().contains(groupArn));
    }

    private Stream<Forward> forwards() {
        return Stream.concat(
                listeners.values().stream().map(Listener::forward),
                rules.values().stream().map(Rule::forward));
    }

    /**
     * The load balancers whose listeners or rules forward to a target group.
     *
     * @param groupArn its ARN
     * @return their ARNs
     */
    public List<String> balancersOf(String groupArn) {
        return listeners.values().stream()
                .filter(listener -> listener.forward().groups().contains(groupArn)
                        || rules(listener.arn()).stream()
                                .anyMatch(rule -> rule.forward().groups().contains(groupArn)))
                .map(Listener::loadBalancerArn)
                .distinct()
                .toList();
    }

    private Check check(TargetRef ref, HealthCheckSettings settings) {
        URI url = URI.create("http://" + ref.host() + ":" + settings.checkedPort(ref.port()) + settings.path());
        return new Check(ref, url, timings.scaleTimeout(settings.timeout()));
    }

    private Optional<TargetGroup> group(TargetRef target) {
        return Optional.ofNullable(groups.get(target.groupArn()));
    }
}
