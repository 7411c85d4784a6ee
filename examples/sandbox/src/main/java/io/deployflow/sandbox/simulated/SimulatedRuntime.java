package io.deployflow.sandbox.simulated;

import io.deployflow.sandbox.port.ContainerRuntime;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.HealthProbe;
import io.deployflow.sandbox.port.LogLine;
import io.deployflow.sandbox.port.Registry;
import io.deployflow.sandbox.port.TaskSpec;
import io.deployflow.sandbox.port.TaskStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Containers that only do what their image's script says, and the health checks of their targets. */
public final class SimulatedRuntime implements ContainerRuntime, HealthProbe {

    private static final int FIRST_PORT = 32_768;

    private final Clock clock;
    private final Scripts scripts;
    private final Registry registry;
    private final Map<String, SimulatedTask> tasks = new LinkedHashMap<>();
    private final Map<Integer, SimulatedContainer> listening = new LinkedHashMap<>();
    private int started;

    /**
     * With no container.
     *
     * @param clock virtual time
     * @param scripts what the images do
     * @param registry an image that it ought to have and has not cannot be pulled
     */
    public SimulatedRuntime(Clock clock, Scripts scripts, Registry registry) {
        this.registry = registry;
        this.clock = clock;
        this.scripts = scripts;
    }

    @Override
    public synchronized void start(TaskSpec task) {
        List<SimulatedContainer> containers =
                task.containers().stream().map(this::container).toList();
        tasks.put(task.taskId(), new SimulatedTask(clock.instant(), containers));
    }

    private SimulatedContainer container(ContainerSpec spec) {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        spec.containerPorts().forEach(port -> ports.put(port, FIRST_PORT + started++));
        SimulatedContainer container =
                new SimulatedContainer(spec, script(spec.image()), ports, "%064x".formatted(started));
        ports.values().forEach(port -> listening.put(port, container));
        return container;
    }

    private Script script(String image) {
        Script script = scripts.of(image);
        return isThere(image)
                ? script
                : script.failing("CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to"
                        + " resolve ref " + image + ": not found");
    }

    /** Tags were resolved to digests already, where there were such tags. */
    private boolean isThere(String image) {
        String prefix = registry.endpoint() + "/";
        int at = image.indexOf('@');
        return !image.startsWith(prefix)
                || (at > 0
                        && registry.manifest(image.substring(prefix.length(), at), image.substring(at + 1))
                                .isPresent());
    }

    @Override
    public synchronized Optional<TaskStatus> observe(String taskId) {
        return Optional.ofNullable(tasks.get(taskId)).map(task -> task.observe(clock.instant()));
    }

    @Override
    public synchronized void stop(String taskId, Duration timeout) {
        Optional.ofNullable(tasks.get(taskId)).ifPresent(task -> task.stop(timeout, clock.instant()));
    }

    @Override
    public synchronized void remove(String taskId) {
        Optional.ofNullable(tasks.remove(taskId))
                .ifPresent(task -> listening.values().removeAll(task.containers()));
    }

    @Override
    public synchronized List<LogLine> logs(String taskId, String container, Instant since, int tail) {
        List<LogLine> lines =
                Optional.ofNullable(tasks.get(taskId)).map(SimulatedTask::containers).orElse(List.of()).stream()
                        .filter(each -> each.name().equals(container))
                        .flatMap(each -> each.log(clock.instant()).stream())
                        .filter(line -> !line.time().isBefore(since))
                        .toList();
        return lines.subList(Math.max(0, lines.size() - tail), lines.size());
    }

    @Override
    public synchronized CompletableFuture<Result> get(URI target, Duration timeout) {
        Result result = Optional.ofNullable(listening.get(target.getPort()))
                .map(container -> container.answer(clock.instant()))
                .orElseGet(() -> new Result.Unreachable("Connection refused"));
        return CompletableFuture.completedFuture(result);
    }

    /** {@return the tasks that have containers, stopped ones too until they are removed} */
    public synchronized List<String> tasks() {
        return List.copyOf(tasks.keySet());
    }
}
