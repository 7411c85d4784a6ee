package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Whether the log groups are there that containers write to: without its log group a container does not start. */
final class LogGroupChecks {
    private static final String NAME = "log group";

    private final AwsClients clients;

    LogGroupChecks(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * A log group that a container writes to.
     *
     * @param name its name
     * @param region the region it is in, where the task definition names one
     * @param isMade whether it is made when it is not there
     */
    record Group(String name, Optional<String> region, boolean isMade) {}

    /** Those of a task definition's containers. */
    static List<Group> groups(TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .map(ContainerDefinition::logConfiguration)
                .flatMap(java.util.stream.Stream::ofNullable)
                .filter(logs -> logs.logDriver() == LogDriver.AWSLOGS)
                .map(LogConfiguration::options)
                .filter(options -> options.containsKey("awslogs-group"))
                .map(LogGroupChecks::group)
                .distinct()
                .toList();
    }

    private static Group group(Map<String, String> options) {
        return new Group(
                options.getOrDefault("awslogs-group", ""),
                Optional.ofNullable(options.get("awslogs-region")),
                "true".equals(options.get("awslogs-create-group")));
    }

    /** A check for each, in the region that it is in. */
    List<Check> run(TaskDefinition definition) {
        return groups(definition).stream()
                .map(group -> Checking.of(NAME, group.name(), () -> look(group)))
                .toList();
    }

    private String look(Group group) {
        boolean isThere = AwsErrors.reading(
                "logs:DescribeLogGroups",
                () -> clients
                        .logs(group.region())
                        .describeLogGroupsPaginator(request -> request.logGroupNamePrefix(group.name()))
                        .logGroups()
                        .stream()
                        .map(LogGroup::logGroupName)
                        .anyMatch(group.name()::equals));
        if (isThere) {
            return "is there";
        }
        if (group.isMade()) {
            return "is not there yet, and made by the first container that writes to it";
        }
        throw new ConfigurationException(
                "there is no log group " + group.name() + ": no container that writes to it would start",
                "Create it, or set 'awslogs-create-group' in the task definition.");
    }
}
