package io.deployflow.sandbox;

import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.ContainerRuntime;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.ContainerStatus.Health;
import io.deployflow.sandbox.port.ContainerStatus.State;
import io.deployflow.sandbox.port.HealthProbe;
import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.port.LoadBalancer;
import io.deployflow.sandbox.port.LogLine;
import io.deployflow.sandbox.port.Registry;
import io.deployflow.sandbox.port.TaskSpec;
import io.deployflow.sandbox.port.TaskStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A data plane in memory. What an image does is in its name: {@code app:good} runs and answers 200, {@code app:sick}
 * runs and answers 500, {@code app:crash} exits 3, {@code app:absent} cannot be pulled.
 */
final class FakePorts implements ContainerRuntime, LoadBalancer, HealthProbe, Registry {

    final Map<String, List<Backend>> routes = new ConcurrentHashMap<>();
    final Map<String, TaskStatus> tasks = new ConcurrentHashMap<>();
    private final Map<Integer, String> imageByPort = new ConcurrentHashMap<>();
    private final Map<String, ImageManifest> manifests = new ConcurrentHashMap<>();
    private final Set<String> immutable = ConcurrentHashMap.newKeySet();
    private final AtomicInteger nextPort = new AtomicInteger(20_000);

    Ports ports() {
        return new Ports(this, this, this, this);
    }

    void push(String repository, String tag, String digest) {
        manifests.put(
                repository + ":" + tag,
                new ImageManifest(digest, "application/vnd.docker.distribution.manifest.v2+json", "{\"layers\":[]}"));
    }

    @Override
    public void start(TaskSpec task) {
        Instant now = Instant.now();
        List<ContainerStatus> containers =
                task.containers().stream().map(this::start).toList();
        tasks.put(task.taskId(), new TaskStatus(Optional.of(now), Optional.of(now), containers));
    }

    private ContainerStatus start(ContainerSpec spec) {
        if (spec.image().endsWith(":absent")) {
            return status(spec, State.FAILED, Optional.of("CannotPullContainerError: manifest unknown"), Map.of());
        }
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        for (int containerPort : spec.containerPorts()) {
            int port = nextPort.getAndIncrement();
            ports.put(containerPort, port);
            imageByPort.put(port, spec.image());
        }
        State state = spec.image().endsWith(":crash") ? State.EXITED : State.RUNNING;
        return status(spec, state, Optional.empty(), ports);
    }

    private static ContainerStatus status(
            ContainerSpec spec, State state, Optional<String> failure, Map<Integer, Integer> ports) {
        Optional<Integer> exit = state == State.EXITED ? Optional.of(3) : Optional.empty();
        return new ContainerStatus(
                spec.name(), state, Health.UNKNOWN, exit, failure, ports, Optional.of("c0ffee"), Optional.empty());
    }

    @Override
    public Optional<TaskStatus> observe(String taskId) {
        return Optional.ofNullable(tasks.get(taskId));
    }

    @Override
    public void stop(String taskId, Duration timeout) {
        tasks.computeIfPresent(
                taskId,
                (id, status) -> new TaskStatus(
                        status.pullStartedAt(),
                        status.pullStoppedAt(),
                        status.containers().stream().map(FakePorts::ended).toList()));
    }

    private static ContainerStatus ended(ContainerStatus status) {
        return status.state() != State.RUNNING
                ? status
                : new ContainerStatus(
                        status.name(),
                        State.EXITED,
                        status.health(),
                        Optional.of(143),
                        status.failure(),
                        status.ports(),
                        status.runtimeId(),
                        status.imageDigest());
    }

    @Override
    public void remove(String taskId) {
        tasks.remove(taskId);
    }

    @Override
    public List<LogLine> logs(String taskId, String container, Instant since, int tail) {
        return List.of(new LogLine(Instant.now(), "hello from " + container));
    }

    @Override
    public int open(String listener, int wantedPort) {
        routes.put(listener, List.of());
        return nextPort.getAndIncrement();
    }

    @Override
    public void route(String listener, List<Backend> backends) {
        routes.put(listener, backends);
    }

    @Override
    public void close(String listener) {
        routes.remove(listener);
    }

    @Override
    public CompletableFuture<Result> get(URI target, Duration timeout) {
        String image = imageByPort.getOrDefault(target.getPort(), "");
        return CompletableFuture.completedFuture(new Result.Answered(image.endsWith(":sick") ? 500 : 200));
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:5000";
    }

    @Override
    public String password() {
        return "secret";
    }

    @Override
    public void put(String repository, String tag, ImageManifest manifest) {
        manifests.put(repository + ":" + tag, manifest);
    }

    @Override
    public void protect(String repository, boolean wanted) {
        if (wanted) {
            immutable.add(repository);
        } else {
            immutable.remove(repository);
        }
    }

    @Override
    public boolean isProtected(String repository) {
        return immutable.contains(repository);
    }

    @Override
    public List<String> repositories() {
        return manifests.keySet().stream()
                .map(key -> key.substring(0, key.indexOf(':')))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<String> tags(String repository) {
        return manifests.keySet().stream()
                .filter(key -> key.startsWith(repository + ":"))
                .map(key -> key.substring(key.indexOf(':') + 1))
                .sorted()
                .toList();
    }

    @Override
    public Optional<ImageManifest> manifest(String repository, String reference) {
        return reference.startsWith("sha256:")
                ? manifests.values().stream()
                        .filter(manifest -> manifest.digest().equals(reference))
                        .findFirst()
                : Optional.ofNullable(manifests.get(repository + ":" + reference));
    }
}
