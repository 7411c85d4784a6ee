package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * What is seen of the tasks of one service during a rollout. A look takes a few calls, which are made one by one
 * between other looks; it is wanted when a counter of the service has moved, and now and then.
 */
final class TaskWatch {
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(5);

    /** While none has been healthy: the first that fails decides, and ECS counts it seconds later. */
    private static final Duration CLOSELY = Duration.ofMillis(250);

    private static final int TASKS_A_CALL = 100;

    private enum Step {
        NONE,
        LIST,
        LIST_STOPPED,
        DESCRIBE,
        BALANCER
    }

    private final Attempt attempt;
    private final EcsGateway ecs;
    private final TargetHealth health;
    private final DeployContext context;
    private final Pace pace;
    private final TaskProgress progress;
    private final Map<String, Optional<Task>> tasks = new LinkedHashMap<>();
    private Step next = Step.NONE;
    private String fingerprint = "";
    private long lookedAt;
    private long describedAt;
    private boolean refused;

    TaskWatch(Attempt attempt, EcsGateway ecs, TargetHealth health, TaskNames names, Pace pace, DeployContext context) {
        this.attempt = attempt;
        this.ecs = ecs;
        this.health = health;
        this.pace = pace;
        this.context = context;
        this.progress = new TaskProgress(attempt, names, pace, context);
        this.lookedAt = pace.nanos().getAsLong();
        this.describedAt = lookedAt;
    }

    /** The tasks as they were seen last, stopped ones too. */
    List<Task> seen() {
        return tasks.values().stream().flatMap(Optional::stream).toList();
    }

    /** Whether a task of the rollout has been seen to be healthy. */
    boolean isProven() {
        return progress.isProven();
    }

    /** Why a load balancer found one of the rollout's tasks unhealthy, if it did. */
    Optional<String> complaint() {
        return progress.complaint();
    }

    /** Whether a look is under way, or due. */
    boolean isWanted() {
        return !refused && (next != Step.NONE || isOld() || isToBeSeenClosely());
    }

    private boolean isOld() {
        return pace.since(lookedAt).compareTo(AT_LEAST_EVERY) > 0;
    }

    /** Whether there are some, and none has been healthy yet; not of more than one call describes. */
    boolean isUnproven() {
        int open = open().size();
        return !refused && !isProven() && open > 0 && open <= TASKS_A_CALL;
    }

    /** Whether none has been healthy yet and it is some time ago that they were seen. */
    boolean isToBeSeenClosely() {
        return isUnproven() && pace.since(describedAt).compareTo(CLOSELY) > 0;
    }

    /** Takes in that the service was seen: its counters tell whether its tasks are worth a look. */
    void want(Service service) {
        if (!service.loadBalancers().isEmpty() && health.isAsked(service)) {
            progress.expectTargets();
        }
        String current = ServiceView.fingerprint(service);
        if (!current.equals(fingerprint) && next == Step.NONE) {
            next = Step.LIST;
        }
        fingerprint = current;
    }

    /** Makes the next call of a look; the verdict does not need it, so who may not ask does without. */
    void step(Service service) {
        unlessRefused(() -> takeStep(service));
    }

    private void unlessRefused(Runnable call) {
        if (refused) {
            return;
        }
        try {
            call.run();
        } catch (DeployException e) {
            if (!AwsErrors.isRefused(e)) {
                throw e;
            }
            refused = true;
            next = Step.NONE;
            context.warn("what becomes of the tasks is not known: " + e.getMessage());
        }
    }

    private void takeStep(Service service) {
        switch (next) {
            case NONE -> {
                if (isOld()) {
                    next = Step.LIST;
                    takeStep(service);
                } else {
                    describe();
                    progress.show(seen(), List.of());
                }
            }
            case LIST -> {
                known(service, DesiredStatus.RUNNING);
                next = hasFailures(service) ? Step.LIST_STOPPED : Step.DESCRIBE;
            }
            case LIST_STOPPED -> {
                known(service, DesiredStatus.STOPPED);
                next = Step.DESCRIBE;
            }
            case DESCRIBE -> {
                describe();
                lookedAt = describedAt;
                progress.show(seen(), List.of());
                next = health.isAsked(service) ? Step.BALANCER : Step.NONE;
            }
            case BALANCER -> {
                progress.show(seen(), health.read(service, context));
                next = Step.NONE;
            }
        }
    }

    private boolean hasFailures(Service service) {
        return ServiceView.deployment(service, attempt.deployment())
                .filter(own -> ServiceView.count(own.failedTasks()) > 0)
                .isPresent();
    }

    /** One that came and went between two looks is in no list of those that run, but an event says its name. */
    private void known(Service service, DesiredStatus status) {
        ServiceEvents.started(service, attempt).forEach(this::known);
        ecs.tasks().arns(attempt.service(), status).stream()
                .map(TaskDefinitions::id)
                .forEach(this::known);
    }

    private void known(String id) {
        tasks.putIfAbsent(id, Optional.empty());
    }

    /** What has stopped stays as it is. */
    private void describe() {
        ecs.tasks().describe(open()).forEach(task -> tasks.put(TaskView.id(task), Optional.of(task)));
        describedAt = pace.nanos().getAsLong();
    }

    private List<String> open() {
        return tasks.entrySet().stream()
                .filter(task -> task.getValue().filter(TaskWatch::isOver).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOver(Task task) {
        return TaskView.state(task).equals("stopped");
    }

    /**
     * Looks at once, when it is decided.
     *
     * @param failed also at those that have stopped, and at what the load balancer says
     */
    void lookNow(Service service, boolean failed) {
        unlessRefused(() -> lookAtAll(service, failed));
    }

    private void lookAtAll(Service service, boolean failed) {
        known(service, DesiredStatus.RUNNING);
        if (failed) {
            known(service, DesiredStatus.STOPPED);
        }
        describe();
        lookedAt = describedAt;
        progress.show(seen(), failed ? health.read(service, context) : List.of());
        if (!failed) {
            progress.complete(seen());
        }
        next = Step.NONE;
    }
}
