package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.TargetLockedException;
import io.deployflow.spi.DeployContext;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The tasks that earlier deploys run before their rollouts and that have not ended: a tool that is killed leaves its
 * migration running. Two at once may do harm, and so may one that is stopped halfway: they are waited for.
 */
final class LeftTasks {
    /** ECS tells everybody the same, so that of two tasks both sides know which one gives way. */
    private static final Comparator<Task> BY_AGE = Comparator.comparing(
                    Task::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Task::taskArn);

    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final Pace pace;

    LeftTasks(EcsSettings settings, EcsGateway ecs, Pace pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.pace = pace;
    }

    /**
     * What is to be said of those that run; nothing for a target that runs none before its rollouts.
     *
     * @param family of the leading service's task definition
     */
    List<String> notices(String family) {
        return settings.beforeRollout().isEmpty()
                ? List.of()
                : running(family).stream()
                        .map(task -> describe(task) + " runs since " + task.createdAt())
                        .toList();
    }

    /**
     * Returns when none runs. Where that may not be asked, it is said, and none is waited for.
     *
     * @param release whose tasks are to come
     * @throws TargetLockedException if one has not ended within the time that a rollout may take
     */
    void await(EcsRelease release, DeployContext context) {
        String service = release.lead().service();
        String family = TaskDefinitions.family(release.lead().arn());
        List<Task> there = find(family, context);
        if (there.isEmpty()) {
            return;
        }
        String what = there.stream().map(this::describe).collect(Collectors.joining("; "));
        context.output(
                service,
                "waits for " + what + ", at most " + settings.timeout().toSeconds() + " s: two at once may do harm");
        Patience patience = new Patience(context);
        Optional<List<Task>> ended = pace.ask(
                settings.timeout(),
                context.cancellation(),
                () -> patience.ask(() -> Optional.of(running(family)).filter(List::isEmpty)));
        if (ended.isEmpty()) {
            throw locked(what, there);
        }
        context.output(service, "none of an earlier deploy runs any more");
    }

    /** Another deploy's task that runs beside one that was just started and was created before it, in words. */
    Optional<String> earlier(Task own, DeployContext context) {
        return find(TaskDefinitions.family(own.taskDefinitionArn()), context).stream()
                .filter(task -> !task.taskDefinitionArn().equals(own.taskDefinitionArn()))
                .filter(task -> BY_AGE.compare(task, own) < 0)
                .findFirst()
                .map(this::describe);
    }

    private List<Task> find(String family, DeployContext context) {
        try {
            return new Patience(context).insist(pace, () -> running(family));
        } catch (DeployException e) {
            context.warn("whether a task of an earlier deploy still runs could not be seen: " + e.getMessage());
            return List.of();
        }
    }

    private List<Task> running(String family) {
        return ecs.tasks().startedBy(TaskRuns.BEFORE_ROLLOUT).stream()
                .filter(task -> TaskDefinitions.family(task.taskDefinitionArn()).equals(family))
                .filter(task -> !TaskView.state(task).equals("stopped"))
                .toList();
    }

    private String describe(Task task) {
        String by = ReleaseTags.read(ecs.remembered(task.taskDefinitionArn()).tags())
                .map(ReleaseTags::by)
                .orElse("somebody");
        return "task " + TaskNames.alone(task) + " (" + command(task) + "), which " + by
                + " began before the rollout of " + TaskDefinitions.id(task.taskDefinitionArn()) + ",";
    }

    /** As it stands in the settings: its last word, where a shell was put around it. */
    private static String command(Task task) {
        return task.overrides() == null
                ? ""
                : task.overrides().containerOverrides().stream()
                        .flatMap(override -> override.command().stream())
                        .filter(Objects::nonNull)
                        .reduce((one, last) -> last)
                        .orElse("");
    }

    private TargetLockedException locked(String what, List<Task> tasks) {
        return new TargetLockedException(
                what + " has not ended within " + settings.timeout().toSeconds() + " s",
                "Wait until it has ended, or look at what it waits for; "
                        + tasks.stream()
                                .map(task -> "'aws ecs stop-task --cluster " + settings.cluster() + " --task "
                                        + TaskView.id(task) + "'")
                                .collect(Collectors.joining(", "))
                        + " ends it halfway.");
    }
}
