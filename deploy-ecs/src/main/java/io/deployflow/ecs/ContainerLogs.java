package io.deployflow.ecs;

import io.deployflow.DeployException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Reads what a container wrote last, where its task definition sends it to CloudWatch Logs. */
final class ContainerLogs {
    private static final int LINES = 15;

    private final AwsClients clients;

    ContainerLogs(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * What could be read.
     *
     * @param lines the last lines, oldest first
     * @param problem why there are none, if they were asked for and refused
     */
    record Excerpt(List<String> lines, Optional<String> problem) {}

    /** The last lines of a task's container. */
    Excerpt lastLines(Task task, Container container, TaskDefinition definition) {
        Optional<Stream> stream = stream(task, container, definition);
        if (stream.isEmpty()) {
            return new Excerpt(List.of(), Optional.empty());
        }
        try {
            return new Excerpt(read(stream.get()), Optional.empty());
        } catch (DeployException e) {
            return new Excerpt(List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Where a container's lines are.
     *
     * @param region where the task definition sends them, if it says so
     */
    record Stream(String group, String name, Optional<String> region) {}

    /** ECS names a stream {@code prefix/container/task}; without a prefix it cannot be told from the task. */
    static Optional<Stream> stream(Task task, Container container, TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .filter(one -> one.name().equals(container.name()))
                .map(ContainerDefinition::logConfiguration)
                .flatMap(java.util.stream.Stream::ofNullable)
                .filter(logs -> logs.logDriver() == LogDriver.AWSLOGS)
                .map(LogConfiguration::options)
                .filter(options -> options.containsKey("awslogs-stream-prefix"))
                .map(options -> stream(task, container, options))
                .findFirst();
    }

    private static Stream stream(Task task, Container container, Map<String, String> options) {
        return new Stream(
                options.getOrDefault("awslogs-group", ""),
                options.get("awslogs-stream-prefix") + "/" + container.name() + "/" + TaskView.id(task),
                Optional.ofNullable(options.get("awslogs-region")));
    }

    private List<String> read(Stream stream) {
        return AwsErrors.reading(
                "logs:GetLogEvents",
                () -> clients
                        .logs(stream.region())
                        .getLogEvents(request -> request.logGroupName(stream.group())
                                .logStreamName(stream.name())
                                .limit(LINES)
                                .startFromHead(false))
                        .events()
                        .stream()
                        .map(OutputLogEvent::message)
                        .map(String::stripTrailing)
                        .toList());
    }
}
