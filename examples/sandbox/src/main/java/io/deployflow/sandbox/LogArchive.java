package io.deployflow.sandbox;

import io.deployflow.sandbox.port.ContainerRuntime;
import io.deployflow.sandbox.port.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The output of containers: the runtime's while there is a container, and what was kept of it after. Thread-safe. */
public final class LogArchive {

    private static final int LINES_KEPT = 10_000;

    private final ContainerRuntime runtime;
    private final Map<String, List<LogLine>> kept = new ConcurrentHashMap<>();

    LogArchive(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * The output of a container.
     *
     * @param taskId its task
     * @param container its name in the task definition
     * @return the last ten thousand lines, the oldest first
     */
    public List<LogLine> read(String taskId, String container) {
        List<LogLine> archived = kept.get(key(taskId, container));
        return archived != null ? archived : runtime.logs(taskId, container, Instant.EPOCH, LINES_KEPT);
    }

    /** Keeps the output of a container that is about to be removed. */
    void keep(String taskId, String container) {
        kept.put(key(taskId, container), List.copyOf(read(taskId, container)));
    }

    private static String key(String taskId, String container) {
        return taskId + "/" + container;
    }
}
