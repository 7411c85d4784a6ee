package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.scheduler.TaskHealth.Complaint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves the tasks of a service on, stops those that fail their checks, and counts failures. */
final class TaskKeeper {

    /** Crashes in a row after which ECS complains and starts tasks less often. */
    private static final int CRASHES_TOLERATED = 3;

    private final ServiceState service;
    private final TaskLifecycle lifecycle;
    private final TaskStopper stopper;
    private final TaskHealth health;
    private final Timings timings;

    TaskKeeper(ServiceState service, TaskLifecycle lifecycle, TaskStopper stopper, TaskHealth health, Timings timings) {
        this.service = service;
        this.lifecycle = lifecycle;
        this.stopper = stopper;
        this.health = health;
        this.timings = timings;
    }

    List<Action> keep(Facts facts) {
        List<Action> actions = step(facts);
        stopper.registered(actions, facts.now());
        stopper.deregistered(actions, facts.now());
        actions.addAll(stopUnhealthy(facts));
        praiseHealthy(facts);
        forgetOld(facts.now());
        return actions;
    }

    private List<Action> step(Facts facts) {
        List<Action> actions = new ArrayList<>();
        for (Task task : service.tasks.values()) {
            boolean wasLive = task.live();
            actions.addAll(lifecycle.step(task, facts));
            service.capacity.release(task);
            if (wasLive && !task.live()) {
                service.steady = false;
                tell(task, facts.now());
                if (!task.provedHealthy()) {
                    blame(task);
                }
                crash(task, facts.now());
            }
        }
        return actions;
    }

    private List<Action> stopUnhealthy(Facts facts) {
        Map<Task, Complaint> complaints = new LinkedHashMap<>();
        for (Task task : service.live()) {
            health.complaint(task, service.rules.grace(), facts)
                    .ifPresent(complaint -> complaints.put(task, complaint));
        }
        complaints.forEach((task, complaint) -> {
            blame(task);
            tell(task, complaint, facts.now());
        });
        return stopper.stop(complaints.keySet(), task -> stopOf(complaints, task), facts.now());
    }

    private static Stop stopOf(Map<Task, Complaint> complaints, Task task) {
        Complaint complaint = complaints.get(task);
        if (complaint == null) {
            throw new IllegalArgumentException("no complaint about task " + task.id());
        }
        return complaint.stop();
    }

    private void tell(Task task, Instant now) {
        task.stop()
                .filter(stop -> stop.code() == StopCode.TASK_FAILED_TO_START)
                .ifPresent(stop -> service.events.unableToPlace(stop.reason(), now));
    }

    private void tell(Task task, Complaint complaint, Instant now) {
        complaint
                .target()
                .ifPresentOrElse(
                        target -> service.events.unhealthyTarget(target, complaint.reason(), now),
                        () -> service.events.unhealthyContainer(task, now));
    }

    private void praiseHealthy(Facts facts) {
        for (Task task : service.live()) {
            if (!task.provedHealthy() && health.healthy(task, facts)) {
                task.proveHealthy();
                boolean reset = service.rules.breaker().reset();
                service.deploymentOf(task).ifPresent(deployment -> deployment.countHealthy(reset));
            }
        }
    }

    private void blame(Task task) {
        service.deploymentOf(task).ifPresent(Deployment::countFailure);
    }

    private void crash(Task task, Instant now) {
        service.deploymentOf(task).ifPresent(deployment -> {
            int crashes = deployment.countCrash();
            if (crashes == CRASHES_TOLERATED) {
                service.events.unableToStart(now);
            }
            if (crashes >= CRASHES_TOLERATED) {
                deployment.startAgainAt(now.plus(backoff(crashes - CRASHES_TOLERATED)));
            }
        });
    }

    private Duration backoff(int doublings) {
        Duration wait = timings.schedulerInterval().multipliedBy(2L << Math.min(doublings, 10));
        return wait.compareTo(timings.longestBackoff()) < 0 ? wait : timings.longestBackoff();
    }

    private void forgetOld(Instant now) {
        service.tasks.values().removeIf(task -> task.forgotten(now));
    }
}
