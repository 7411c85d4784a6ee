package io.deployflow.ecs;

import io.deployflow.OperationException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** The calls to ECS about the tasks of one target. What they throw says which call it was. */
final class TaskCalls {
    private static final int TASKS_A_CALL = 100;

    private final AwsClients clients;
    private final EcsSettings settings;

    TaskCalls(AwsClients clients, EcsSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /** A service's tasks: those that should run, and those that should not, up to an hour after they stopped. */
    List<Task> of(String service) {
        return Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
                .flatMap(status -> of(service, status).stream())
                .toList();
    }

    /** A service's tasks that should run, or those that should not. */
    List<Task> of(String service, DesiredStatus status) {
        return describe(arns(service, status));
    }

    /** The tasks of every service of the target that should run. */
    List<Task> running() {
        return describe(settings.members().stream()
                .flatMap(member -> arns(member.service(), DesiredStatus.RUNNING).stream())
                .toList());
    }

    /** ARNs of a service's tasks that should run, or of those that should not. */
    List<String> arns(String service, DesiredStatus status) {
        return read(
                "ListTasks",
                ecs -> ecs
                        .listTasksPaginator(request -> request.cluster(settings.cluster())
                                .serviceName(service)
                                .desiredStatus(status))
                        .taskArns()
                        .stream()
                        .toList());
    }

    /** Tasks of the cluster that should run, by what they were started by. */
    List<Task> startedBy(String startedBy) {
        return describe(read(
                "ListTasks",
                ecs -> ecs
                        .listTasksPaginator(
                                request -> request.cluster(settings.cluster()).startedBy(startedBy))
                        .taskArns()
                        .stream()
                        .toList()));
    }

    /** One task by its ARN or id; empty where ECS does not show it, as for a moment after it was started. */
    Optional<Task> find(String arn) {
        return describe(List.of(arn)).stream().findFirst();
    }

    /** Starts a one-off task. */
    Task run(RunTaskRequest request) {
        RunTaskResponse answer = AwsErrors.sending(
                "ecs:RunTask", OperationException::new, () -> clients.ecs().runTask(request));
        return answer.tasks().stream()
                .findFirst()
                .orElseThrow(() -> new OperationException(
                        "ECS did not start the task: "
                                + answer.failures().stream()
                                        .map(failure -> failure.reason()
                                                + (failure.detail() == null ? "" : " (" + failure.detail() + ")"))
                                        .collect(Collectors.joining("; ")),
                        "Look for room in the cluster: RESOURCE names what its hosts are out of."));
    }

    /** Tells a task to stop. */
    void stop(String arn, String reason) {
        read(
                "StopTask",
                ecs -> ecs.stopTask(
                        request -> request.cluster(settings.cluster()).task(arn).reason(reason)));
    }

    /** Tasks by their ARNs; one that is forgotten is left out. */
    List<Task> describe(List<String> arns) {
        return Chunks.of(arns, TASKS_A_CALL).stream()
                .flatMap(some -> read(
                        "DescribeTasks",
                        ecs -> ecs.describeTasks(
                                request -> request.cluster(settings.cluster()).tasks(some)))
                        .tasks()
                        .stream())
                .toList();
    }

    private <T> T read(String call, Function<EcsClient, T> request) {
        return AwsErrors.reading("ecs:" + call, () -> request.apply(clients.ecs()));
    }
}
