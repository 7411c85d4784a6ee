package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/** What is seen of the rollout to one service, look by look, until it is decided. */
final class ServiceWatch {
    private static final Duration SERVICE_AT_LEAST_EVERY = Duration.ofSeconds(4);
    private static final Duration ROOM_WITHIN = Duration.ofMinutes(3);
    private static final Duration HOOK_IS_LONG = Duration.ofSeconds(60);
    private static final RolloutVerdict GOES_ON = new RolloutVerdict(RolloutVerdict.Outcome.RUNNING, "");

    private final Attempt attempt;
    private final TaskWatch tasks;
    private final Pace pace;
    private final DeployContext context;
    private final long begun;
    private Optional<String> recordArn = Optional.empty();
    private Optional<ServiceDeployment> record = Optional.empty();
    private @Nullable Service service;
    private long serviceAt;
    private boolean moved = true;
    private String stage = "";
    private long stageAt;
    private int failuresSeen;
    private boolean hookNamed;
    private boolean roomNamed;
    private long noRoomSince;
    private boolean shown;
    private RolloutVerdict verdict = GOES_ON;

    ServiceWatch(Attempt attempt, TaskWatch tasks, Pace pace, DeployContext context) {
        this.attempt = attempt;
        this.tasks = tasks;
        this.pace = pace;
        this.context = context;
        this.begun = pace.nanos().getAsLong();
        this.noRoomSince = begun;
    }

    /** Which rollout. */
    Attempt attempt() {
        return attempt;
    }

    /** ARN of ECS's own record of it, once that was seen. */
    Optional<String> record() {
        return recordArn;
    }

    /** Whether it is not decided. */
    boolean goesOn() {
        return verdict.isRunning();
    }

    /** Whether it was decided against. */
    boolean hasFailed() {
        return !goesOn() && verdict.outcome() != RolloutVerdict.Outcome.SUCCEEDED;
    }

    /**
     * Whether it failed by what ECS says of the service: its record, which was not looked at since, tells whether
     * somebody wanted that, and which alarm went off.
     */
    boolean mayBeToldByItsRecord() {
        return hasFailed() && recordArn.isPresent() && isGivenUp();
    }

    private boolean isGivenUp() {
        return ours().filter(own -> own.rolloutState() == DeploymentRolloutState.FAILED)
                .isPresent();
    }

    /** It does. */
    void told(ServiceDeployment now) {
        record = Optional.of(now);
        verdict = RolloutVerdict.of(attempt, observation());
    }

    /** Whether all of its tasks run, so that what comes next may be the end. */
    boolean isNear() {
        boolean byRecord = record.map(ServiceDeployment::targetServiceRevision)
                .filter(ServiceWatch::isComplete)
                .isPresent();
        return byRecord
                || ours().filter(own -> ServiceView.count(own.runningCount()) >= ServiceView.count(own.desiredCount()))
                        .isPresent();
    }

    private static boolean isComplete(ServiceRevisionSummary revision) {
        return ServiceView.count(revision.runningTaskCount())
                >= Math.max(1, ServiceView.count(revision.requestedTaskCount()));
    }

    private Optional<Deployment> ours() {
        return Optional.ofNullable(service).flatMap(seen -> ServiceView.deployment(seen, attempt.deployment()));
    }

    /** Whether the service itself should be looked at: a record's counters moved, or it is some time ago. */
    boolean wantsService() {
        return moved || pace.since(serviceAt).compareTo(SERVICE_AT_LEAST_EVERY) > 0;
    }

    /** Whether there is something else to look at than the record. */
    boolean wantsMore() {
        return wantsService() || tasks.isWanted();
    }

    /** Whether it has tasks and none of them has been healthy, so that the first that fails may decide. */
    boolean isUnproven() {
        return goesOn() && tasks.isUnproven();
    }

    /** Whether its tasks are to be seen before anything else: see {@link TaskWatch#isToBeSeenClosely}. */
    boolean isToBeSeenClosely() {
        return goesOn() && tasks.isToBeSeenClosely();
    }

    /** Does what comes next of a look at the tasks. */
    void lookAtTasks() {
        if (service != null) {
            tasks.step(service);
            judge();
        }
    }

    /** Whether a record is surely of this rollout: it is known, or ECS made it after it made the deployment. */
    boolean isTrusted(ServiceDeployment seen) {
        return record.isPresent()
                || (seen.createdAt() != null
                        && attempt.createdAt()
                                .filter(begin -> !seen.createdAt().isBefore(begin))
                                .isPresent());
    }

    /** It was another's. */
    void forgetRecord() {
        recordArn = Optional.empty();
    }

    /** Whether more tasks have failed than at the last look at them: then they are worth one at once. */
    boolean isTroubled() {
        return goesOn() && failures() > failuresSeen;
    }

    private int failures() {
        int byRecord = record.map(ServiceDeployment::deploymentCircuitBreaker)
                .map(breaker -> ServiceView.count(breaker.failureCount()))
                .orElse(0);
        return Math.max(
                byRecord,
                ours().map(own -> ServiceView.count(own.failedTasks())).orElse(0));
    }

    /** Looks at all tasks at once. */
    void lookAtFailures() {
        failuresSeen = failures();
        tasks.lookNow(Objects.requireNonNull(service), true);
        judge();
    }

    /** Takes in what ECS's record says now. */
    void take(ServiceDeployment now) {
        moved = moved
                || record.filter(before -> counters(before).equals(counters(now)))
                        .isEmpty();
        record = Optional.of(now);
        showStage(now);
        judge();
    }

    private static String counters(ServiceDeployment record) {
        return record.targetServiceRevision() + " " + record.sourceServiceRevisions()
                + record.deploymentCircuitBreaker();
    }

    /** Takes in what ECS says of the service now. */
    void take(Service now) {
        service = now;
        serviceAt = pace.nanos().getAsLong();
        moved = false;
        // While ECS goes back, too, where it began to before the record was known: that is still the same record.
        if (recordArn.isEmpty()
                && (ServiceView.primary(now).filter(this::isOurs).isPresent() || isGivenUp())) {
            recordArn = Optional.ofNullable(now.currentServiceDeployment())
                    .filter(arn -> !Optional.of(arn).equals(attempt.earlierRecord()));
        }
        ours().ifPresent(this::showCounters);
        tasks.want(now);
        judge();
    }

    private boolean isOurs(Deployment deployment) {
        return attempt.deployment().equals(deployment.id());
    }

    private void judge() {
        if (goesOn() && service != null && isShown(service)) {
            verdict = RolloutVerdict.of(attempt, observation());
            if (goesOn()) {
                lookForRoom(service);
            }
        }
    }

    /** Room may come by itself, where a cluster grows or an old task is drained; but not for ever. */
    private void lookForRoom(Service seen) {
        Optional<String> event = ServiceEvents.newest(seen, attempt, "unable to place a task");
        if (event.isEmpty()) {
            return;
        }
        if (!roomNamed) {
            roomNamed = true;
            context.warn(event.get());
        }
        boolean none = ours().filter(
                        own -> ServiceView.count(own.runningCount()) + ServiceView.count(own.pendingCount()) > 0)
                .isEmpty();
        if (!none || tasks.seen().stream().anyMatch(task -> TaskView.state(task).equals("draining"))) {
            noRoomSince = pace.nanos().getAsLong();
        }
        if (pace.since(noRoomSince).compareTo(ROOM_WITHIN) > 0) {
            verdict = new RolloutVerdict(RolloutVerdict.Outcome.STALLED, event.get());
        }
    }

    private Observation observation() {
        return new Observation(Objects.requireNonNull(service), record, tasks.seen(), tasks.isProven());
    }

    /**
     * How it stands, with the tasks as they are now.
     *
     * @param failed whether the whole rollout failed, so that what stopped is of interest
     */
    Watched result(boolean failed) {
        Service seen = Objects.requireNonNull(service, "the service was never seen");
        tasks.lookNow(seen, failed);
        RolloutVerdict end = goesOn() ? verdict.timedOut() : verdict;
        return new Watched(attempt, end, observation(), tasks.complaint());
    }

    /** Whether the answers are of a time after the rollout was begun; one that is gone was there before. */
    private boolean isShown(Service seen) {
        shown = shown
                || record.isPresent()
                || ServiceView.isDeleted(seen)
                || ServiceView.deployment(seen, attempt.deployment()).isPresent()
                || pace.since(begun).compareTo(ServiceWatcher.SHOWN_WITHIN) > 0;
        return shown;
    }

    private void showCounters(Deployment deployment) {
        context.progress(
                attempt.service(),
                "tasks of " + attempt.release(),
                ServiceView.count(deployment.runningCount()),
                ServiceView.count(deployment.desiredCount()));
    }

    private void showStage(ServiceDeployment now) {
        String current = Stages.of(now).orElse("");
        if (!current.isEmpty() && !current.equals(stage)) {
            stage = current;
            stageAt = pace.nanos().getAsLong();
            hookNamed = false;
            context.output(
                    attempt.service(),
                    "stage " + Stages.number(current) + " of " + Stages.count() + ": " + Stages.line(now));
        }
        Optional<String> hooks = Stages.hooks(now);
        if (hooks.isPresent() && !hookNamed && pace.since(stageAt).compareTo(HOOK_IS_LONG) > 0) {
            hookNamed = true;
            context.warn("service " + attempt.service() + ": the deployment is paused in stage " + current + " until "
                    + hooks.get() + " says how to go on");
        }
    }
}
