package io.deployflow.sandbox.docker;

import io.deployflow.sandbox.port.LogLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The logs of containers that are gone: why a task failed is asked after it was cleaned up. */
final class RemovedLogs {
    private static final int CONTAINERS = 100;

    private final Map<String, List<LogLine>> logs = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<LogLine>> eldest) {
            return size() > CONTAINERS;
        }
    };

    synchronized void keep(String taskId, String container, List<LogLine> lines) {
        logs.put(key(taskId, container), lines);
    }

    synchronized List<LogLine> of(String taskId, String container) {
        return logs.getOrDefault(key(taskId, container), List.of());
    }

    private static String key(String taskId, String container) {
        return taskId + "/" + container;
    }
}
