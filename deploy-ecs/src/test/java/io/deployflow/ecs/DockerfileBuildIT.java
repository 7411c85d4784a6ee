package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.ContainerConfig;
import io.deployflow.BuildException;
import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with the real Docker engine. */
class DockerfileBuildIT {
    private static final String DOCKERFILE = """
            FROM debian:bookworm-slim AS base
            ARG FLAVOUR=plain
            RUN echo "$FLAVOUR" > /flavour && cat /flavour
            FROM base AS app
            COPY . /app
            ARG REVISION=unknown
            ENV REVISION=$REVISION
            FROM base AS never
            RUN false
            """;

    /** Another each time: the engine may still have the steps of a run that was killed. */
    private final String flavour = "vanilla-" + UUID.randomUUID();

    @TempDir
    private Path source;

    @TempDir
    private Path work;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DockerEngine engine = new DockerEngine();
    private final List<String> built = new ArrayList<>();
    private final List<DeployEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        System.clearProperty("DOCKER_HOST");
        built.forEach(image -> engine.client().removeImageCmd(image).exec());
        engine.close();
        threads.shutdownNow();
    }

    @Test
    void build_takesStageArgumentsAndRevision() throws IOException {
        write("Dockerfile", DOCKERFILE);

        ContainerConfig config = inspect(build("a".repeat(40)));

        assertThat(config.getLabels()).containsEntry("org.opencontainers.image.revision", "a".repeat(40));
        assertThat(config.getEnv()).contains("REVISION=" + "a".repeat(40));
        assertThat(lines()).contains(flavour).anyMatch(line -> line.startsWith("Step 1/"));
        assertThat(events).anyMatch(DeployEvent.Progress.class::isInstance);
    }

    @Test
    void build_afterAChangeOfOneWord_takesTheStepsBeforeFromTheCache() throws IOException {
        write("Dockerfile", DOCKERFILE);
        write("greeting", "hello");
        build("a".repeat(40));
        events.clear();

        write("greeting", "hullo");
        build("b".repeat(40));

        assertThat(lines()).contains(" ---> Using cache").doesNotContain(flavour);
    }

    @Test
    void build_ofTheSameSource_givesTheSameImage() throws IOException {
        write("Dockerfile", DOCKERFILE);
        String first = build("a".repeat(40));

        assertThat(build("a".repeat(40))).isEqualTo(first);
    }

    @Test
    void build_withAStageThatIsNotThere_saysSo() throws IOException {
        write("Dockerfile", "FROM debian:bookworm-slim\n");

        assertThatThrownBy(() -> build("a".repeat(40)))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("app");
    }

    @Test
    void build_ofADockerfileThatIsNone_namesTheLine() throws IOException {
        write("Dockerfile", "FROM debian:bookworm-slim AS app\nFRUM x\n");

        assertThatThrownBy(() -> build("a".repeat(40)))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("FRUM");
    }

    @Test
    void build_thatNeedsBuildKit_whereThereIsNoBuildx_saysWhatNeedsIt() throws IOException {
        write("Dockerfile", "FROM debian:bookworm-slim AS app\nRUN --mount=type=cache,target=/x true\n");

        assertThatThrownBy(() -> build("a".repeat(40)))
                .isInstanceOfSatisfying(
                        BuildException.class,
                        failure -> assertThat(failure.getMessage()).contains("needs BuildKit (RUN --mount"));
    }

    @Test
    void build_withoutADockerfile_namesThePath() {
        assertThatThrownBy(() -> build("a".repeat(40)))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("no Dockerfile at Dockerfile");
    }

    @Test
    void build_withoutAnEngine_saysWhereItLooked() throws IOException {
        write("Dockerfile", DOCKERFILE);
        System.setProperty("DOCKER_HOST", "tcp://127.0.0.1:1");

        assertThatThrownBy(() -> build("a".repeat(40), new DockerEngine()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("Docker engine at tcp://127.0.0.1:1 cannot be reached");
    }

    private String build(String revision) {
        String image = build(revision, engine);
        if (!built.contains(image)) {
            built.add(0, image);
        }
        return image;
    }

    private String build(String revision, DockerEngine on) {
        EcsSettings settings = SettingsText.of(
                "image: { repository: app, registry: '127.0.0.1:1', target: app, args: { FLAVOUR: " + flavour + " } }");
        ImageSettings image = settings.image();
        ImageRegistry registry = new ImageRegistry(QuickClients.of(settings), image, Clock.systemUTC());
        DeployContext context = Contexts.of(source, work, revision, events::add, threads);
        BuildxBuild none = new BuildxBuild(
                image, "docker-that-is-not-there", any -> Map.of(), new DockerConfig(work.resolve("config.json")));
        return new DockerfileBuild(image, on, new CacheImages(List.of(), registry), none)
                .build(context)
                .image();
    }

    private ContainerConfig inspect(String image) {
        return Objects.requireNonNull(
                engine.client().inspectImageCmd(image).exec().getConfig(), "config");
    }

    private List<String> lines() {
        return events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(source.resolve(name), text);
    }
}
