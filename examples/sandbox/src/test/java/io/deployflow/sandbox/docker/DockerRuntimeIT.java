package io.deployflow.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.ContainerStatus.Health;
import io.deployflow.sandbox.port.ContainerStatus.State;
import io.deployflow.sandbox.port.HealthCheck;
import io.deployflow.sandbox.port.LogLine;
import io.deployflow.sandbox.port.TaskSpec;
import io.deployflow.sandbox.registry.RegistryContainer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerRuntimeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Engine engine;
    private RegistryContainer registry;
    private DockerRuntime runtime;
    private String image;

    @BeforeAll
    void start() {
        engine = Engine.connect("it-" + UUID.randomUUID());
        ImageStore images = new ImageStore(engine);
        registry = RegistryContainer.start(engine, images);
        PushedImage pushed = images.push(SandboxImage.PLACEHOLDER, registry.login(), "organization/app", "v1");
        image = registry.endpoint() + "/organization/app@" + pushed.digest();
        runtime = new DockerRuntime(engine, registry.login());
    }

    @AfterAll
    void stop() {
        runtime.close();
        engine.close();
    }

    @Test
    void task_whenImageIsInTheRegistry_isPulledByDigestAndServes() throws Exception {
        start("serving", shell("web", List.of(), List.of(3000)));

        ContainerStatus status = await("serving", is(State.RUNNING));

        assertThat(status.imageDigest())
                .hasValueSatisfying(digest -> assertThat(image).endsWith(digest));
        assertThat(runtime.observe("serving").orElseThrow().pullStoppedAt()).isPresent();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + status.ports().get(3000)))
                .build();
        Await.until(PATIENCE, () -> log("serving").contains("listens"));
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("placeholder\n");
    }

    @Test
    void stop_whenTheApplicationObeys_endsWithItsOwnExitCode() {
        start(
                "obeys",
                shell(
                        "web",
                        List.of("perl", "-e", "$SIG{TERM}=sub{exit 7}; print STDERR qq(up\\n); sleep 60"),
                        List.of()));
        assertThat(Await.until(PATIENCE, () -> log("obeys").contains("up"))).isTrue();

        runtime.stop("obeys", Duration.ofSeconds(20));
        runtime.stop("obeys", Duration.ofSeconds(20));

        assertThat(await("obeys", is(State.EXITED)).exitCode()).contains(7);
    }

    @Test
    void stop_whenTheApplicationIgnoresIt_killsAfterTheTimeout() {
        start(
                "stubborn",
                shell(
                        "web",
                        List.of("perl", "-e", "$SIG{TERM}='IGNORE'; print STDERR qq(up\\n); sleep 60"),
                        List.of()));
        assertThat(Await.until(PATIENCE, () -> log("stubborn").contains("up"))).isTrue();

        runtime.stop("stubborn", Duration.ofSeconds(1));

        assertThat(await("stubborn", is(State.EXITED)).exitCode()).contains(137);
    }

    @Test
    void task_whenItEndsByItself_keepsExitCodeAndLog() {
        start("crashes", shell("web", List.of("sh", "-c", "echo one; echo two >&2; exit 3"), List.of()));

        assertThat(await("crashes", is(State.EXITED)).exitCode()).contains(3);
        assertThat(runtime.logs("crashes", "web", Instant.EPOCH, 10))
                .extracting(LogLine::message)
                .containsExactlyInAnyOrder("one", "two");
        runtime.remove("crashes");
        assertThat(runtime.observe("crashes")).isEmpty();
        assertThat(Await.until(PATIENCE, () -> log("crashes").contains("two"))).isTrue();
        assertThat(runtime.logs("crashes", "web", Instant.EPOCH, 1)).hasSize(1);
        assertThat(runtime.logs("crashes", "web", Instant.now(), 10)).isEmpty();
    }

    @Test
    void task_whenImageIsMissing_failsWithTheEnginesWords() {
        String missing = registry.endpoint() + "/organization/app@sha256:" + "0".repeat(64);
        start("missing", spec("web", missing, List.of(), List.of(), Optional.empty(), 0));

        assertThat(await("missing", is(State.FAILED)).failure())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("CannotPullContainerError: ")
                        .contains("not found"));
    }

    @Test
    void task_whenCommandIsMissing_failsToStart() {
        start("typo", shell("web", List.of("/no/such/program"), List.of()));

        assertThat(await("typo", is(State.FAILED)).failure())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("CannotStartContainerError: ")
                        .contains("/no/such/program"));
    }

    @Test
    void task_whenOneContainerCannotStart_startsNoneWithoutItsImage() {
        String missing = registry.endpoint() + "/organization/none:v1";
        runtime.start(new TaskSpec(
                "pair",
                List.of(
                        shell("web", List.of(), List.of()),
                        spec("side", missing, List.of(), List.of(), Optional.empty(), 0)),
                Map.of()));

        await("pair", is(State.FAILED));
        assertThat(runtime.observe("pair").orElseThrow().containers())
                .extracting(ContainerStatus::state)
                .containsOnly(State.FAILED);
    }

    @Test
    void task_whenItTakesTooMuchMemory_isKilledAndSaysSo() {
        String greedy = "my @all; push @all, 'x' x 10_000_000 while 1";
        start("greedy", spec("web", image, List.of("perl", "-e", greedy), List.of(), Optional.empty(), 32));

        ContainerStatus status = await("greedy", is(State.EXITED));

        assertThat(status.exitCode()).contains(137);
        assertThat(status.failure()).contains("OutOfMemoryError: Container killed due to memory usage");
    }

    @Test
    void healthCheck_whenItPassesOrFails_showsInTheStatus() {
        start("well", spec("web", image, List.of(), List.of(), Optional.of(check("true")), 0));
        start("ill", spec("web", image, List.of(), List.of(), Optional.of(check("false")), 0));

        await("well", status -> status.health() == Health.HEALTHY);
        await("ill", status -> status.health() == Health.UNHEALTHY);
    }

    @Test
    void stop_whenTheTaskHasJustBegun_leavesNothingRunning() {
        start("abandoned", shell("web", List.of("sleep", "60"), List.of()));
        runtime.stop("abandoned", Duration.ZERO);

        await("abandoned", status -> status.state() == State.FAILED || status.state() == State.EXITED);
    }

    @Test
    void observe_whenSomeoneElseRemovesTheContainer_reportsItAsEnded() {
        start("stolen", shell("web", List.of("sleep", "60"), List.of()));
        String id = await("stolen", is(State.RUNNING)).runtimeId().orElseThrow();

        engine.remove(id);

        assertThat(await("stolen", is(State.EXITED)).exitCode()).contains(137);
    }

    private void start(String taskId, ContainerSpec container) {
        runtime.start(new TaskSpec(taskId, List.of(container), Map.of("io.deployflow.test", taskId)));
    }

    private ContainerStatus await(String taskId, Predicate<ContainerStatus> condition) {
        assertThat(Await.until(PATIENCE, () -> condition.test(first(taskId))))
                .as(() -> "within " + PATIENCE + ": " + first(taskId))
                .isTrue();
        return first(taskId);
    }

    private ContainerStatus first(String taskId) {
        return runtime.observe(taskId).orElseThrow().containers().get(0);
    }

    private String log(String taskId) {
        return runtime.logs(taskId, "web", Instant.EPOCH, 100).toString();
    }

    private static Predicate<ContainerStatus> is(State state) {
        return status -> status.state() == state;
    }

    private ContainerSpec shell(String name, List<String> command, List<Integer> ports) {
        return spec(name, image, command, ports, Optional.empty(), 0);
    }

    private static ContainerSpec spec(
            String name,
            String image,
            List<String> command,
            List<Integer> ports,
            Optional<HealthCheck> check,
            long memoryMiB) {
        return new ContainerSpec(
                name,
                image,
                List.of(),
                command,
                Map.of("GREETING", "hello"),
                ports,
                check,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                memoryMiB,
                0);
    }

    private static HealthCheck check(String line) {
        return new HealthCheck(
                List.of("CMD-SHELL", line), Duration.ofMillis(200), Duration.ofSeconds(2), 1, Duration.ZERO);
    }
}
