package io.deployflow.sandbox;

import io.deployflow.sandbox.port.ContainerRuntime;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.TaskStatus;
import io.deployflow.sandbox.scheduler.Action;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the container runtime do what the scheduler wants. Targets are the {@link Beat}'s. */
final class TaskExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(TaskExecutor.class);

    private final ContainerRuntime runtime;
    private final LogArchive logs;

    TaskExecutor(ContainerRuntime runtime, LogArchive logs) {
        this.runtime = runtime;
        this.logs = logs;
    }

    /** Does one action; a failure is logged, so that it does not keep the others from being done. */
    void execute(Action action) {
        try {
            if (action instanceof Action.StartContainers start) {
                runtime.start(start.task());
            } else if (action instanceof Action.StopContainers stop) {
                runtime.stop(stop.taskId(), stop.timeout());
            } else if (action instanceof Action.RemoveContainers remove) {
                remove(remove.taskId());
            }
        } catch (RuntimeException e) {
            LOG.error("{} failed", action, e);
        }
    }

    private void remove(String taskId) {
        List<ContainerStatus> containers =
                runtime.observe(taskId).map(TaskStatus::containers).orElse(List.of());
        containers.forEach(container -> logs.keep(taskId, container.name()));
        runtime.remove(taskId);
    }
}
