package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Schedules one service by rolling deployments. Commands change what it is to be; {@link #tick} takes what is observed
 * and says what to do. Not thread-safe.
 */
public final class ServiceScheduler {

    private final ServiceState service;
    private final TaskLifecycle lifecycle;
    private final TaskKeeper keeper;
    private final Reconciler reconciler;
    private final Rollout rollout;
    private final StagedRollout staged;
    private final Timings timings;
    private final List<Action> queued = new ArrayList<>();
    private Instant nextDecision = Instant.MIN;
    private boolean deleted;

    /**
     * A service without a deployment: until it gets one nothing runs.
     *
     * @param name its name, for events
     * @param rules what it is to be
     * @param capacity where its tasks run
     * @param timings compresses AWS's delays
     * @param ids makes task ids and the like
     */
    public ServiceScheduler(String name, ServiceRules rules, Capacity capacity, Timings timings, Ids ids) {
        this.service = new ServiceState(new EventLog(name, ids), capacity, rules);
        this.timings = timings;
        this.lifecycle = new TaskLifecycle(timings);
        TaskStopper stopper = new TaskStopper(service, lifecycle);
        TaskHealth health = new TaskHealth(timings);
        this.keeper = new TaskKeeper(service, lifecycle, stopper, health, timings);
        TaskStarter starter = new TaskStarter(service, ids);
        this.reconciler = new Reconciler(service, stopper, health, starter);
        this.rollout = new Rollout(service, ids, timings);
        this.staged = new StagedRollout(service, rollout, starter, stopper, health, timings);
    }

    /**
     * Begins a deployment; one that is in flight is superseded.
     *
     * @param number its number, from {@link Ids#number}
     * @param plan what its tasks are made from
     * @param now the time
     * @return the new primary deployment
     */
    public Deployment deploy(String number, TaskPlan plan, Instant now) {
        nextDecision = now.plus(timings.schedulerInterval());
        return rollout.deploy(number, plan, now);
    }

    /**
     * Changes what the service is to be, without a deployment.
     *
     * @param rules the new rules
     */
    public void change(ServiceRules rules) {
        service.rules = rules;
    }

    /**
     * Ends the deployment in flight.
     *
     * @param current the service deployment; it is in flight
     * @param rollback whether to go back to the last completed deployment; there must be one
     * @param now the time
     */
    public void stopDeployment(ServiceDeployment current, boolean rollback, Instant now) {
        Rollout.request(current, rollback, now);
    }

    /**
     * Stops one task because somebody said so; the scheduler will replace it.
     *
     * @param task one of {@link #tasks}
     * @param reason what they gave as a reason, may be empty
     * @param now the time
     */
    public void stopTask(Task task, String reason, Instant now) {
        service.steady = false;
        queued.addAll(lifecycle.stop(task, Stop.byUser(reason), now));
    }

    /**
     * Takes one task away because what it runs on goes; the scheduler will replace it.
     *
     * @param task one of {@link #tasks}
     * @param why {@link Stop#SPOT} or {@link Stop#TERMINATION}
     * @param now the time
     */
    public void interrupt(Task task, Stop why, Instant now) {
        service.steady = false;
        queued.addAll(lifecycle.stop(task, why, now));
    }

    /**
     * Stops every task and starts none any more.
     *
     * @param now the time
     */
    public void delete(Instant now) {
        service.rules = service.rules.withDesired(0);
        deleted = true;
        rollout.abandon(now);
    }

    /**
     * Moves everything on.
     *
     * @param facts what is observed
     * @return what to do, in this order
     */
    public List<Action> tick(Facts facts) {
        List<Action> actions = new ArrayList<>(queued);
        queued.clear();
        if (service.deployments.isEmpty()) {
            return actions;
        }
        actions.addAll(keeper.keep(facts));
        rollout.guard(facts);
        if (!facts.now().isBefore(nextDecision)) {
            nextDecision = facts.now().plus(timings.schedulerInterval());
            rollout.fulfil(facts.now());
            actions.addAll(decide(facts));
            rollout.forgetReplaced();
        }
        return actions;
    }

    private List<Action> decide(Facts facts) {
        Optional<ServiceDeployment> current = service.inFlight();
        Optional<Progress> progress = current.flatMap(ServiceDeployment::progress);
        if (progress.isPresent()) {
            return staged.advance(current.get(), progress.get(), facts);
        }
        List<Action> actions = reconciler.reconcile(facts);
        if (!deleted) {
            settle(facts);
        }
        return actions;
    }

    private void settle(Facts facts) {
        if (reconciler.settled(facts)) {
            rollout.settle(facts.now());
        } else {
            service.primary().bakeAnew();
        }
    }

    /** {@return what the service is to be} */
    public ServiceRules rules() {
        return service.rules;
    }

    /** {@return its deployments that have tasks or can get some, the primary first} */
    public List<Deployment> deployments() {
        return List.copyOf(service.deployments);
    }

    /** {@return its tasks, those that stopped within the last hour too} */
    public Collection<Task> tasks() {
        return List.copyOf(service.tasks.values());
    }

    /**
     * The tasks of one deployment.
     *
     * @param deployment one of {@link #deployments}
     * @return those that are to run
     */
    public List<Task> live(Deployment deployment) {
        return service.live(deployment);
    }

    /**
     * How many tasks a deployment is to have now.
     *
     * @param deployment one of {@link #deployments}
     * @return the count that is asked for
     */
    public int requested(Deployment deployment) {
        Optional<ServiceDeployment> current = service.inFlight();
        Optional<Progress> progress = current.flatMap(ServiceDeployment::progress);
        if (progress.isPresent()) {
            return staged.wanted(deployment, current.get(), progress.get());
        }
        boolean primary = deployment.equals(service.primary());
        return primary ? service.rules.desired() : service.live(deployment).size();
    }

    /** {@return its events, the newest first, at most 100} */
    public List<ServiceEvent> events() {
        return service.events.newestFirst();
    }

    /** {@return every service deployment so far, the oldest first} */
    public List<ServiceDeployment> history() {
        return List.copyOf(service.history);
    }

    /** {@return the deployment that a rollback goes to; empty when none has completed yet} */
    public Optional<Deployment> lastCompleted() {
        return service.lastCompleted;
    }

    /** {@return whether it was deleted and its last task is over} */
    public boolean gone() {
        return deleted && service.tasks.values().stream().allMatch(Task::stopped);
    }
}
