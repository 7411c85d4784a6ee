package io.deployflow.sandbox.docker;

import io.deployflow.sandbox.port.ContainerRuntime;
import io.deployflow.sandbox.port.LogLine;
import io.deployflow.sandbox.port.TaskSpec;
import io.deployflow.sandbox.port.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Tasks as real containers on the local Docker engine. */
public final class DockerRuntime implements ContainerRuntime, AutoCloseable {
    private final Engine engine;
    private final ImagePuller puller;
    private final Map<String, DockerTask> tasks = new ConcurrentHashMap<>();
    private final RemovedLogs removedLogs = new RemovedLogs();
    private final ExecutorService background = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sandbox-runtime");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Over one engine.
     *
     * @param engine runs the containers
     * @param login for the images of the sandbox's registry
     */
    public DockerRuntime(Engine engine, RegistryLogin login) {
        this.engine = engine;
        this.puller = new ImagePuller(engine.client(), login);
    }

    @Override
    public void start(TaskSpec spec) {
        DockerTask task = new DockerTask(engine, puller, spec);
        tasks.put(spec.taskId(), task);
        background.execute(task::run);
    }

    @Override
    public Optional<TaskStatus> observe(String taskId) {
        return Optional.ofNullable(tasks.get(taskId)).map(DockerTask::observe);
    }

    @Override
    public void stop(String taskId, Duration timeout) {
        DockerTask task = tasks.get(taskId);
        if (task != null && task.abandon()) {
            task.containers().forEach(container -> background.execute(() -> container.stop(timeout)));
        }
    }

    @Override
    public void remove(String taskId) {
        DockerTask task = tasks.remove(taskId);
        if (task != null) {
            task.abandon();
            background.execute(() -> removeContainers(taskId, task));
        }
    }

    private void removeContainers(String taskId, DockerTask task) {
        for (DockerContainer container : task.containers()) {
            removedLogs.keep(taskId, container.name(), container.log());
            container.remove();
        }
    }

    @Override
    public List<LogLine> logs(String taskId, String container, Instant since, int tail) {
        List<LogLine> lines =
                find(taskId, container)
                        .map(DockerContainer::log)
                        .orElseGet(() -> removedLogs.of(taskId, container))
                        .stream()
                        .filter(line -> !line.time().isBefore(since))
                        .toList();
        return lines.subList(Math.max(0, lines.size() - tail), lines.size());
    }

    private Optional<DockerContainer> find(String taskId, String container) {
        @Nullable DockerTask task = tasks.get(taskId);
        return task == null
                ? Optional.empty()
                : task.containers().stream()
                        .filter(candidate -> candidate.name().equals(container))
                        .findFirst();
    }

    /** Starts nothing more; what runs is removed with the engine's other containers. */
    @Override
    public void close() {
        tasks.values().forEach(DockerTask::abandon);
        background.shutdownNow();
    }
}
