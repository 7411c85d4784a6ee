package io.deployflow.ecs;

import io.deployflow.Release;
import io.deployflow.RolloutException;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Runs what is to be done with a new release before the service is touched, such as migrations. A release that was
 * there before, as in a rollback, brings nothing new. Of several services that are one release it is the first whose
 * tasks these are, once: a migration is not to run for each.
 */
final class BeforeRollout {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final TaskRunner runner;
    private final LeftTasks left;

    BeforeRollout(EcsSettings settings, EcsGateway ecs, TaskRunner runner, LeftTasks left) {
        this.settings = settings;
        this.ecs = ecs;
        this.runner = runner;
        this.left = left;
    }

    /**
     * Runs the commands one after the other, once no such task of an earlier deploy runs any more.
     *
     * @throws RolloutException if one fails; nothing live was changed
     * @throws io.deployflow.TargetLockedException if one of an earlier deploy does not end
     */
    void run(EcsRelease release, DeployContext context) {
        if (settings.beforeRollout().isEmpty()
                || release.lead().base().isEmpty()
                || release.state() != Release.State.STAGED) {
            return;
        }
        left.await(release, context);
        TaskDefinition definition = ecs.taskDefinition(release.lead().arn()).definition();
        String container = TaskDefinitions.container(
                        definition, settings.members().get(0).container())
                .name();
        for (String command : settings.beforeRollout()) {
            TaskRuns.Wanted wanted = new TaskRuns.Wanted(release.lead().arn(), container, List.of(command), Map.of());
            context.output(release.lead().service(), "before the rollout: " + command);
            TaskRunner.Ended ended = runner.follow(begin(wanted, release, context), wanted, definition, context);
            if (!ended.isWell()) {
                throw failed(command, ended);
            }
        }
    }

    /**
     * Begins a command while none of another deploy runs. Two deploys that found nobody in the same moment have both
     * begun: the one whose task ECS created later takes it back, mostly before its container has started.
     */
    private Task begin(TaskRuns.Wanted wanted, EcsRelease release, DeployContext context) {
        String service = release.lead().service();
        while (true) {
            Task task = runner.start(service, wanted, TaskRuns.BEFORE_ROLLOUT, context);
            Optional<String> earlier = left.earlier(task, context);
            if (earlier.isEmpty()) {
                return task;
            }
            context.output(service, "gives way to " + earlier.get() + " in the same moment");
            runner.stop(task, "another deploy's task began first", context);
            left.await(release, context);
        }
    }

    private static RolloutException failed(String command, TaskRunner.Ended ended) {
        String lines = ended.last().isEmpty() ? "" : "\nIts last lines:\n  " + String.join("\n  ", ended.last());
        return new RolloutException(
                "'" + command + "' failed before the rollout, so the service was not touched; task "
                        + TaskNames.alone(ended.task()) + ": "
                        + ended.diagnosis().what() + lines,
                ended.diagnosis().remedy(),
                TaskNames.alone(ended.task()),
                null);
    }
}
