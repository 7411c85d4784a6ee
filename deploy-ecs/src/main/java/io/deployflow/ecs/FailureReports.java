package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.RolloutException;
import io.deployflow.spi.DeployContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/** Finds out why a rollout failed, and says it. */
final class FailureReports {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ContainerLogs logs;
    private final TaskNames names;

    FailureReports(EcsSettings settings, EcsGateway ecs, ContainerLogs logs) {
        this.names = new TaskNames(settings.isSeveral());
        this.settings = settings;
        this.ecs = ecs;
        this.logs = logs;
    }

    /**
     * The failure of a rollout that was decided against, or whose time was up: that of the first service that failed.
     *
     * @param all how each service's rollout stands
     */
    DeployException failure(List<Watched> all, DeployContext context) {
        Watched first = all.stream()
                .filter(one -> one.verdict().outcome() != RolloutVerdict.Outcome.SUCCEEDED)
                .min(Comparator.comparing(FailureReports::isUndecided))
                .orElseThrow();
        return failure(first, context);
    }

    /** Whether it only was not done when another had failed, or when the time was up. */
    private static boolean isUndecided(Watched one) {
        return one.verdict().isRunning() || one.verdict().outcome() == RolloutVerdict.Outcome.TIMED_OUT;
    }

    private DeployException failure(Watched watched, DeployContext context) {
        Attempt attempt = watched.attempt();
        List<Task> failed = StopReasons.failed(watched.last().tasks(), attempt.deployment());
        Optional<String> complaint = watched.complaint()
                .or(() -> ServiceEvents.unhealthy(watched.last().service(), attempt));
        String headline = headline(attempt, watched, context)
                + complaint
                        .filter(reason -> watched.verdict().outcome() != RolloutVerdict.Outcome.SUPERSEDED)
                        .map(reason -> "\nThe load balancer says of one of its tasks: " + reason)
                        .orElse("");
        return failed.isEmpty()
                ? withoutTask(headline, watched, complaint)
                : withTask(headline, failed, watched, complaint, context);
    }

    private String headline(Attempt attempt, Watched watched, DeployContext context) {
        String rollout = "the rollout of " + attempt.release() + " to service " + attempt.service();
        RolloutVerdict verdict = watched.verdict();
        return rollout
                + switch (verdict.outcome()) {
                    case SUPERSEDED -> " did not end, another took its place: " + verdict.reason();
                    case STOPPED -> " was stopped by somebody: " + verdict.reason();
                    case DELETED -> " ended with the service, which somebody deleted: " + verdict.reason();
                    case STALLED -> " stalled, ECS can do nothing more for it: " + verdict.reason();
                    case TIMED_OUT ->
                        " took longer than 'timeout: " + timeout() + "': "
                                + SlowPhase.of(
                                        attempt, watched.last(), context.clock().instant());
                    case ROLLED_BACK -> " failed and ECS takes it back: " + verdict.reason();
                    case FAILED, RUNNING, SUCCEEDED -> " failed: " + verdict.reason();
                };
    }

    /** As it may be written in deploy.yml. */
    private String timeout() {
        long seconds = settings.timeout().toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static DeployException withoutTask(String headline, Watched watched, Optional<String> complaint) {
        String event = ServiceEvents.trouble(watched.last().service(), watched.attempt());
        return new RolloutException(headline + event, remedy(watched, event + complaint.orElse("")));
    }

    private static String remedy(Watched watched, String said) {
        return switch (watched.verdict().outcome()) {
            case SUPERSEDED -> "Agree with whoever deploys meanwhile, then deploy again.";
            case STOPPED -> "Ask who stopped it, then deploy again.";
            case DELETED -> "Ask who deleted it; create it anew before the next deploy.";
            default ->
                Diagnosis.remedy(watched.verdict().reason() + said)
                        .orElse(
                                watched.verdict().outcome() == RolloutVerdict.Outcome.TIMED_OUT
                                        ? "Look at the service's events; raise 'timeout' if it only needs longer."
                                        : "Look at the service's events.");
        };
    }

    private DeployException withTask(
            String headline, List<Task> failed, Watched watched, Optional<String> complaint, DeployContext context) {
        Task task = failed.get(0);
        String event = ServiceEvents.trouble(watched.last().service(), watched.attempt());
        Optional<Container> culprit = TaskView.culprit(task);
        List<String> log = culprit.map(container -> lastLinesIfAny(task, container, context))
                .orElse(List.of());
        Diagnosis diagnosis = Diagnosis.of(task, culprit, log, complaint);
        String lines = log.isEmpty() ? "" : "\nIts last lines:\n  " + String.join("\n  ", log);
        return new RolloutException(
                headline + "\n" + failed.size() + (failed.size() == 1 ? " task" : " tasks") + " stopped; the last one, "
                        + names.of(task) + ": " + diagnosis.what() + lines + event,
                diagnosis.remedy(),
                names.of(task),
                null);
    }

    /** What they cannot be read for must not hide why the rollout failed. */
    private List<String> lastLinesIfAny(Task task, Container container, DeployContext context) {
        try {
            return lastLines(task, container, context);
        } catch (DeployException e) {
            context.warn("the container's last lines are not known: " + e.getMessage());
            return List.of();
        }
    }

    private List<String> lastLines(Task task, Container container, DeployContext context) {
        ContainerLogs.Excerpt excerpt = logs.lastLines(
                task, container, ecs.taskDefinition(task.taskDefinitionArn()).definition());
        excerpt.problem().ifPresent(problem -> context.warn("the container's last lines are not known: " + problem));
        return excerpt.lines();
    }
}
