package io.deployflow.ecs;

import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.OperationException;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Runs a one-off task where a service's tasks run, tells what its container writes, and stops it when cancelled. */
final class TaskRunner {
    /** A migration takes as long as it takes: killing it halfway is worse than waiting. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    /** ECS shows a new task within seconds, and one that has stopped for an hour. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final AwsClients clients;
    private final Pace pace;

    TaskRunner(EcsSettings settings, EcsGateway ecs, AwsClients clients, Pace pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.clients = clients;
        this.pace = pace;
    }

    /**
     * How a task ended.
     *
     * @param status exit status of its command; empty where that was not run to its end
     * @param diagnosis why it ended so
     * @param last the last lines that its container wrote
     * @param took from its creation to its end
     */
    record Ended(Task task, OptionalInt status, Diagnosis diagnosis, List<String> last, Duration took) {
        boolean isWell() {
            return status.equals(OptionalInt.of(0));
        }
    }

    /**
     * Runs a task to its end.
     *
     * @param service where whose tasks run
     * @param definition the task definition that is to be run
     * @param startedBy by which the task can be found
     * @throws DeployCancelledException when cancelled; the task is told to stop
     */
    Ended run(
            String service,
            TaskRuns.Wanted wanted,
            TaskDefinition definition,
            String startedBy,
            DeployContext context) {
        return follow(start(service, wanted, startedBy, context), wanted, definition, context);
    }

    /** Starts a task, and no more. */
    Task start(String service, TaskRuns.Wanted wanted, String startedBy, DeployContext context) {
        RunTaskRequest request = TaskRuns.request(settings, ecs.service(service), wanted, startedBy);
        Task task = ecs.tasks().run(request);
        context.unitChanged(TaskNames.alone(task), "starting", TaskDefinitions.id(wanted.taskDefinition()));
        return task;
    }

    /** Follows a task that was just started to its end; see {@link #run}. */
    Ended follow(Task task, TaskRuns.Wanted wanted, TaskDefinition definition, DeployContext context) {
        Instant begun = context.clock().instant();
        TaskOutput output = new TaskOutput(clients, task, wanted.container(), definition, context);
        try {
            Task ended = await(task, wanted.container(), output, context);
            Duration watched = Duration.between(begun, context.clock().instant());
            return ended(ended, wanted.container(), output, watched);
        } catch (DeployCancelledException e) {
            stop(task, "cancelled by " + context.person(), context);
            throw e;
        } catch (DeployException e) {
            context.warn("task " + TaskView.id(task) + " may still run");
            throw e;
        }
    }

    private Task await(Task task, String container, TaskOutput output, DeployContext context) {
        Patience patience = new Patience(context);
        OneOffProgress progress = new OneOffProgress(context);
        long[] shown = {pace.nanos().getAsLong()};
        Task ended = pace.ask(
                        FOR_EVER,
                        context.cancellation(),
                        () -> patience.ask(() -> {
                            Optional<Task> now = ecs.tasks().find(task.taskArn());
                            if (now.isPresent()) {
                                shown[0] = pace.nanos().getAsLong();
                            } else if (pace.since(shown[0]).compareTo(FORGOTTEN) > 0) {
                                throw forgotten(task);
                            }
                            now.ifPresent(progress::show);
                            output.tell();
                            return now.filter(there -> isOver(there, container));
                        }))
                .orElse(task);
        if (!TaskView.state(ended).equals("stopped")) {
            stop(task, "its command has ended", context); // Its other containers would go on for ever.
        }
        output.tellTheRest(pace);
        progress.end(ended);
        return ended;
    }

    private static OperationException forgotten(Task task) {
        return new OperationException(
                "ECS does not know task " + TaskNames.alone(task) + " any more, and how it ended was not seen",
                "ECS forgets a task an hour after its end: look at its log for what it did.",
                TaskNames.alone(task),
                null);
    }

    private static boolean isOver(Task task, String container) {
        return TaskView.state(task).equals("stopped")
                || find(task, container)
                        .filter(there -> "STOPPED".equals(there.lastStatus()) && there.exitCode() != null)
                        .isPresent();
    }

    private static Optional<Container> find(Task task, String container) {
        return task.containers().stream()
                .filter(there -> container.equals(there.name()))
                .findFirst();
    }

    private static Ended ended(Task task, String container, TaskOutput output, Duration watched) {
        Optional<Container> own = find(task, container);
        Optional<Container> culprit =
                own.filter(there -> there.exitCode() != null).or(() -> TaskView.culprit(task));
        OptionalInt status = own.map(Container::exitCode).map(OptionalInt::of).orElse(OptionalInt.empty());
        Diagnosis diagnosis = Diagnosis.of(task, culprit, output.last(), Optional.empty());
        return new Ended(task, status, diagnosis, output.last(), took(task).orElse(watched));
    }

    /** ECS tells when a task ended some time after it told its container's exit status. */
    private static Optional<Duration> took(Task task) {
        return Optional.ofNullable(task.stoppedAt())
                .or(() -> Optional.ofNullable(task.executionStoppedAt()))
                .flatMap(end -> Optional.ofNullable(task.createdAt()).map(start -> Duration.between(start, end)));
    }

    /** Stops a task; where that fails, it is said. */
    void stop(Task task, String reason, DeployContext context) {
        try {
            ecs.tasks().stop(task.taskArn(), reason);
        } catch (DeployException e) {
            context.warn("task " + TaskView.id(task) + " could not be stopped and may still run: " + e.getMessage());
        }
    }
}
