package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Where the containers of a task definition log to. */
final class LogSources {
    private LogSources() {}

    /**
     * The log of one container of all tasks.
     *
     * @param group the log group
     * @param prefix what the names of its streams begin with; the task's id follows
     * @param region where the task definition sends it, if it says so
     */
    record Source(String container, String group, String prefix, Optional<String> region) {

        /** The same for a target of a region: that need not be said, and the same log is not to be read twice. */
        Source in(Optional<String> own) {
            return new Source(container, group, prefix, region.filter(other -> !own.equals(Optional.of(other))));
        }
    }

    /**
     * The logs that can be read.
     *
     * @param container the only container that is wanted; empty for all
     * @throws ConfigurationException if there is no such container, or nothing that can be read
     */
    static List<Source> of(TaskDefinition definition, Optional<String> container) {
        String whole = "task definition " + TaskDefinitions.id(definition);
        List<ContainerDefinition> all = definition.containerDefinitions();
        List<ContainerDefinition> wanted = container
                .map(name -> List.of(TaskDefinitions.container(whole, all, Optional.of(name))))
                .orElse(all);
        List<Source> sources = new ArrayList<>();
        wanted.forEach(one -> of(one).ifPresent(sources::add));
        if (sources.isEmpty()) {
            throw new ConfigurationException(
                    "nothing that "
                            + wanted.stream().map(LogSources::words).collect(Collectors.joining(", ")) + " of " + whole
                            + " write can be read",
                    "Set the log driver awslogs with 'awslogs-group' and 'awslogs-stream-prefix'.");
        }
        return sources;
    }

    private static Optional<Source> of(ContainerDefinition container) {
        return Optional.ofNullable(container.logConfiguration())
                .filter(log -> log.logDriver() == LogDriver.AWSLOGS)
                .map(log -> log.options())
                .filter(options -> options.containsKey("awslogs-stream-prefix") && options.containsKey("awslogs-group"))
                .map(options -> source(container.name(), options));
    }

    private static Source source(String container, Map<String, String> options) {
        return new Source(
                container,
                String.valueOf(options.get("awslogs-group")),
                options.get("awslogs-stream-prefix") + "/" + container + "/",
                Optional.ofNullable(options.get("awslogs-region")));
    }

    private static String words(ContainerDefinition container) {
        return container.name()
                + (container.logConfiguration() == null
                        ? " (no log driver)"
                        : " (" + container.logConfiguration().logDriverAsString() + ")");
    }
}
