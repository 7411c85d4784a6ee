package io.deployflow.sandbox.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs the containers of tasks. No method blocks for a pull, a start or a stop, and none fails for a reason of the
 * container's own: the caller polls {@link #observe} several times a second and reads progress and failures there.
 */
public interface ContainerRuntime {

    /**
     * Begins to pull the images of a task and then to start its containers, in the background.
     *
     * @param task what to run; its id is new
     */
    void start(TaskSpec task);

    /**
     * What is known of a task now, from memory or by a quick inspection.
     *
     * @param taskId the id given to {@link #start}
     * @return empty when the runtime does not know the task (never started, or removed)
     */
    Optional<TaskStatus> observe(String taskId);

    /**
     * Begins to stop every container of a task in the background: SIGTERM (or the image's stop signal), then SIGKILL
     * once the time is over. A task that is still pulling is abandoned. Harmless when already stopping or stopped.
     *
     * @param taskId the id given to {@link #start}
     * @param timeout how long a container has between the two signals
     */
    void stop(String taskId, Duration timeout);

    /**
     * Removes the containers of a stopped task in the background; its log stays readable if the implementation can
     * afford it. Harmless when the task is unknown.
     *
     * @param taskId the id given to {@link #start}
     */
    void remove(String taskId);

    /**
     * Lines that a container wrote to its standard output and error, oldest first.
     *
     * @param taskId the id given to {@link #start}
     * @param container the container's name in the task definition
     * @param since lines written at this time or later
     * @param tail at most this many, the newest
     * @return empty when the container wrote nothing or is unknown
     */
    List<LogLine> logs(String taskId, String container, Instant since, int tail);
}
