package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Leads a service deployment through its stages whose strategy shifts traffic from one set of tasks (blue) to another
 * (green), and back when it fails. One decision goes at most one stage further.
 */
final class StagedRollout {

    private final ServiceState service;
    private final Rollout rollout;
    private final TaskStarter starter;
    private final TaskStopper stopper;
    private final TaskHealth health;
    private final Timings timings;

    StagedRollout(
            ServiceState service,
            Rollout rollout,
            TaskStarter starter,
            TaskStopper stopper,
            TaskHealth health,
            Timings timings) {
        this.service = service;
        this.rollout = rollout;
        this.starter = starter;
        this.stopper = stopper;
        this.health = health;
        this.timings = timings;
    }

    List<Action> advance(ServiceDeployment current, Progress progress, Facts facts) {
        List<Action> actions =
                new ArrayList<>(current.status().forward() ? forward(current, progress, facts) : back(progress, facts));
        actions.addAll(scale(current, progress, facts));
        if (progress.stage() == Stage.CLEAN_UP && alone(facts)) {
            rollout.settle(facts.now());
        }
        return actions;
    }

    /** How many tasks a deployment is to have now. */
    int wanted(Deployment deployment, ServiceDeployment current, Progress progress) {
        boolean down = progress.stage() == Stage.CLEAN_UP;
        if (deployment.equals(service.primary())) {
            boolean up = progress.stage().compareTo(Stage.SCALE_UP) >= 0
                    || !current.status().forward();
            return up ? service.rules.desired() : 0;
        }
        if (service.lastCompleted.equals(Optional.of(deployment))) {
            return down ? 0 : service.rules.desired();
        }
        boolean leftOver = current.status().forward() && service.lastCompleted.isPresent();
        return down || (leftOver && progress.reconciled())
                ? 0
                : service.live(deployment).size();
    }

    private List<Action> forward(ServiceDeployment current, Progress progress, Facts facts) {
        if (!progress.reconciled()) {
            return reconcile(progress, facts);
        }
        if (!progress.agreed()) {
            return ask(progress, facts);
        }
        if (!done(current, progress, facts)) {
            return List.of();
        }
        return step(progress)
                ? shift(progress, facts.now())
                : enter(progress.stage().next(), progress, facts.now());
    }

    /** Gives traffic back that a deployment before left away, as soon as there are tasks for it. */
    private List<Action> reconcile(Progress progress, Facts facts) {
        if (service.lastCompleted.isPresent() && !complete(service.lastCompleted.get(), facts)) {
            return List.of();
        }
        progress.reconcile();
        return service.lastCompleted.map(blue -> route(progress, blue, true)).orElseGet(List::of);
    }

    private static boolean step(Progress progress) {
        return progress.stage() == Stage.PRODUCTION_TRAFFIC_SHIFT && !progress.shifted();
    }

    private List<Action> ask(Progress progress, Facts facts) {
        boolean all = true;
        for (Hook hook : progress.strategy().hooks()) {
            if (hook.stages().contains(progress.stage())) {
                HookStatus answer = facts.hook(hook.targetArn(), progress.stage());
                if (answer == HookStatus.FAILED) {
                    rollout.fail(Failure.hook(progress.stage(), hook), facts.now());
                    return List.of();
                }
                all &= answer == HookStatus.SUCCEEDED;
            }
        }
        if (all) {
            progress.agree();
        }
        return List.of();
    }

    private boolean done(ServiceDeployment current, Progress progress, Facts facts) {
        return switch (progress.stage()) {
            case RECONCILE_SERVICE -> onlyServing(current);
            case SCALE_UP -> complete(current.target(), facts);
            case PRODUCTION_TRAFFIC_SHIFT ->
                progress.shifted() || passed(progress, progress.strategy().stepBake(), facts.now());
            case BAKE_TIME -> service.lastCompleted.isEmpty() || passed(progress, service.rules.watched(), facts.now());
            case CLEAN_UP -> false;
            default -> true;
        };
    }

    private boolean passed(Progress progress, Duration time, Instant now) {
        return !now.isBefore(progress.since().plus(timings.scale(time)));
    }

    /** Whether nothing runs but what serves and what is rolled out. */
    private boolean onlyServing(ServiceDeployment current) {
        return service.lastCompleted.isEmpty()
                || service.deployments.stream()
                        .filter(each -> !each.equals(current.target()))
                        .filter(each -> !service.lastCompleted.equals(Optional.of(each)))
                        .allMatch(each -> service.unfinished(each).isEmpty());
    }

    private boolean complete(Deployment deployment, Facts facts) {
        List<Task> tasks = service.live(deployment);
        return tasks.size() == service.rules.desired() && tasks.stream().allMatch(task -> health.healthy(task, facts));
    }

    private boolean alone(Facts facts) {
        return complete(service.primary(), facts)
                && service.deployments.stream()
                        .skip(1)
                        .allMatch(old -> service.unfinished(old).isEmpty());
    }

    private List<Action> enter(Stage next, Progress progress, Instant now) {
        progress.enter(next, now);
        return switch (next) {
            case PRE_SCALE_UP -> route(progress, service.lastCompleted.orElse(service.primary()), true);
            case TEST_TRAFFIC_SHIFT -> {
                progress.shiftTest();
                yield route(progress, service.primary(), false);
            }
            case PRODUCTION_TRAFFIC_SHIFT -> shift(progress, now);
            default -> List.of();
        };
    }

    private List<Action> shift(Progress progress, Instant now) {
        progress.shift(now);
        return progress.strategy().routes().stream()
                .<Action>map(route -> new Action.ShiftTraffic(
                        route.productionRule(), route.weights(service.primary().plan(), progress.production())))
                .toList();
    }

    /** Sends all test traffic to a deployment, and production traffic too if wanted. */
    private static List<Action> route(Progress progress, Deployment to, boolean production) {
        List<Action> actions = new ArrayList<>();
        for (TrafficRoute route : progress.strategy().routes()) {
            if (production) {
                actions.add(new Action.ShiftTraffic(route.productionRule(), route.weights(to.plan(), 100)));
            }
            route.testRule()
                    .ifPresent(rule -> actions.add(new Action.ShiftTraffic(rule, route.weights(to.plan(), 100))));
        }
        return actions;
    }

    /** Gives the traffic back as soon as there are tasks for it, and only then takes the new ones away. */
    private List<Action> back(Progress progress, Facts facts) {
        if (progress.stage() == Stage.CLEAN_UP && progress.production() == 0) {
            return List.of();
        }
        if (progress.stage() == Stage.CLEAN_UP) {
            progress.enter(Stage.PRODUCTION_TRAFFIC_SHIFT, facts.now());
        }
        Deployment to = service.primary();
        if (progress.production() > 0 && !complete(to, facts)) {
            return List.of();
        }
        progress.takeBack();
        progress.enter(Stage.CLEAN_UP, facts.now());
        return route(progress, to, true);
    }

    private List<Action> scale(ServiceDeployment current, Progress progress, Facts facts) {
        List<Task> surplus = new ArrayList<>();
        for (Deployment deployment : service.deployments) {
            List<Task> live = service.live(deployment);
            int missing = wanted(deployment, current, progress) - live.size();
            if (missing > 0 && deployment.mayStart(facts.now())) {
                starter.start(deployment, missing, facts.now());
            }
            live.stream()
                    .sorted((a, b) -> Boolean.compare(health.healthy(b, facts), health.healthy(a, facts)))
                    .skip(live.size() - Math.max(0, -missing))
                    .forEach(surplus::add);
        }
        return stopper.stop(surplus, task -> Stop.scaling(service.primary().id()), facts.now());
    }
}
