package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.HealthCheck;
import io.deployflow.sandbox.port.TaskSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Turns a container of a task definition into a container of the engine. */
final class TaskContainers {
    private static final long MIB = 1024L * 1024;
    /** The engine takes no shorter time in a health check. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private TaskContainers() {}

    /** Creates the container and gives the engine's id of it. */
    static String create(Engine engine, TaskSpec task, ContainerSpec spec) {
        try (CreateContainerCmd create = engine.client().createContainerCmd(spec.image())) {
            create.withName("deployflow-" + engine.sandboxId() + "-task-" + task.taskId() + "-" + spec.name())
                    .withLabels(engine.labels(labels(task, spec)))
                    .withEnv(ContainerSettings.lines(spec.environment()))
                    .withExposedPorts(
                            spec.containerPorts().stream().map(ExposedPort::tcp).toList())
                    .withHostConfig(hostConfig(spec));
            if (!spec.entryPoint().isEmpty()) {
                create.withEntrypoint(spec.entryPoint());
            }
            if (!spec.command().isEmpty()) {
                create.withCmd(spec.command());
            }
            spec.workingDirectory().ifPresent(create::withWorkingDir);
            spec.user().ifPresent(create::withUser);
            spec.healthCheck().map(TaskContainers::healthCheck).ifPresent(create::withHealthcheck);
            return create.exec().getId();
        }
    }

    private static Map<String, String> labels(TaskSpec task, ContainerSpec spec) {
        Map<String, String> labels = new HashMap<>(task.labels());
        labels.putAll(spec.labels());
        return labels;
    }

    private static HostConfig hostConfig(ContainerSpec spec) {
        HostConfig config =
                HostConfig.newHostConfig().withPortBindings(ContainerSettings.onLoopback(spec.containerPorts()));
        if (spec.memoryMiB() > 0) {
            config.withMemory(spec.memoryMiB() * MIB);
        }
        if (spec.cpuUnits() > 0) {
            config.withCpuShares(spec.cpuUnits());
        }
        return config;
    }

    private static com.github.dockerjava.api.model.HealthCheck healthCheck(HealthCheck check) {
        return new com.github.dockerjava.api.model.HealthCheck()
                .withTest(check.test())
                .withInterval(nanos(check.interval()))
                .withTimeout(nanos(check.timeout()))
                .withStartPeriod(nanos(check.startPeriod()))
                .withRetries(check.retries());
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(SHORTEST) < 0 ? SHORTEST.toNanos() : duration.toNanos();
    }
}
