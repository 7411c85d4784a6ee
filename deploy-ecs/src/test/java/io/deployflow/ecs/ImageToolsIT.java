package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.BuildException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.RegistryLogin;
import io.deployflow.sandbox.registry.RegistryContainer;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images as tools see them that are not Docker: skopeo reads them, and Podman runs, builds and pushes them. */
@Tag("image-tools")
class ImageToolsIT {
    private static final String REVISION = "0123456789".repeat(4);
    private static final String LAYERS = """
              build: layers
              layers:
                base: %s
                kind: static
                directory: /srv
                stack:
                  - { name: code, from: [code] }
                  - { name: rest, from: ["."] }
                command: [cat, greeting]
                environment: { LANG: C }
                labels: { team: shop }
                user: "1000:1000"
                ports: [3000]
            """;

    @TempDir
    private static Path machine;

    private static Engine engine;
    private static RegistryLogin login = new RegistryLogin("", "", "");
    private static Podman podman;
    private static String base;
    private static String address;

    @TempDir
    private Path folder;

    private Path source = Path.of(".");
    private final List<DeployEvent> events = new CopyOnWriteArrayList<>();

    /** The base image is pushed by Docker's engine, and known to Podman. */
    @BeforeAll
    static void start() throws IOException, InterruptedException {
        engine = Engine.connect("it-" + UUID.randomUUID());
        ImageStore images = new ImageStore(engine);
        login = RegistryContainer.start(engine, images).login();
        base = login.endpoint() + "/team/app:base";
        TinyImage.make(images, base);
        podman = new Podman(Files.createDirectory(machine.resolve("podman")), login);
        try (DockerEngine docker = new DockerEngine()) {
            new ImagePusher(docker, registry(settings(""))).push(base, "base", Contexts.in(machine));
        }
        podman.ask("pull", "-q", "--authfile=" + podman.auth(), base);
        address = podman.serve();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        podman.close();
        engine.close();
    }

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        write("greeting", "hello");
        write("code", "print 1");
    }

    @Test
    void skopeo_findsInTheRegistryAndInTheTar_whatWasSaid() throws IOException {
        Built built = build("one", LAYERS.formatted(base));

        JsonNode there = inspect("docker://" + built.image());
        assertThat(there.path("Digest").asText())
                .isEqualTo(built.image().digest().orElseThrow());
        assertThat(texts(there.path("Env"))).contains("LANG=C");
        assertThat(there.at("/Labels/team").asText()).isEqualTo("shop");
        JsonNode config = inspect("docker://" + built.image(), "--config").path("config");
        assertThat(texts(config.path("Cmd"))).containsExactly("cat", "greeting");
        assertThat(config.path("User").asText()).isEqualTo("1000:1000");
        assertThat(config.path("WorkingDir").asText()).isEqualTo("/srv");
        assertThat(config.path("ExposedPorts").has("3000/tcp")).isTrue();

        JsonNode layout = inspect("oci-archive:" + built.tar());
        assertThat(layout.path("Digest")).isEqualTo(there.path("Digest"));
        // One of the base image, two that were said, and REVISION.
        assertThat(texts(layout.path("Layers"))).hasSize(4).isEqualTo(texts(there.path("Layers")));
        assertThat(texts(inspect("docker-archive:" + built.tar()).path("Layers")))
                .isEqualTo(
                        texts(inspect("docker://" + built.image(), "--config").at("/rootfs/diff_ids")));
    }

    /** Every digest of both is checked as they are copied. */
    @Test
    void skopeo_takesAnIndexOfTwoPlatforms_whole() throws IOException {
        Built built = build("two", LAYERS.formatted("scratch") + "    platforms: [linux/amd64, linux/arm64]\n");

        JsonNode index = inspect("docker://" + built.image(), "--raw");
        assertThat(index).isEqualTo(inspect("oci-archive:" + built.tar(), "--raw"));
        assertThat(Json.items(index.path("manifests"))
                        .map(one -> one.at("/platform/architecture").asText()))
                .containsExactly("amd64", "arm64");
        for (String from : List.of("docker://" + built.image(), "oci-archive:" + built.tar())) {
            Path copy = Files.createTempDirectory(folder, "copy");
            LocalTool.run(skopeo("copy", List.of("--all", "--src-tls-verify=false", from, "dir:" + copy)));
            assertThat(Json.read(Files.readAllBytes(copy.resolve("manifest.json"))))
                    .isEqualTo(index);
        }
    }

    @Test
    void podman_runsTheImage_fromTheRegistryAndFromTheTar() throws IOException {
        StrangeFiles.write(source);
        Built built = build("strange", LAYERS.formatted(base));

        assertThat(podman.run(built.image().toString(), "sh", "-c", StrangeFiles.SHOW))
                .isEqualTo("hello" + StrangeFiles.SHOWN);
        podman.ask("rmi", built.image().toString());
        assertThat(podman.run("oci-archive:" + built.tar(), "sh", "-c", StrangeFiles.SHOW))
                .isEqualTo("hello" + StrangeFiles.SHOWN);
    }

    @Test
    void podman_asTheEngine_buildsAndPushesADockerfile() throws IOException {
        write("Dockerfile", """
                # syntax=docker/dockerfile:1
                FROM %s AS app
                ARG FLAVOUR=plain
                RUN --mount=type=cache,target=/kept echo "$FLAVOUR" > /flavour && cat /flavour
                COPY . /app
                ARG REVISION=unknown
                ENV REVISION=$REVISION
                FROM app AS never
                RUN false
                """.formatted(base));
        EcsSettings settings =
                settings("  target: app\n  args: { FLAVOUR: vanilla }\n  cache_from: ['" + base + "']\n");

        try (DockerEngine engine = podmanAsTheEngine()) {
            PushedImage pushed = pusher(engine, settings).push(dockerfile(engine, settings), "engine", context());

            JsonNode there = inspect("docker://" + pushed.reference());
            assertThat(there.path("Digest").asText())
                    .isEqualTo(pushed.reference().digest().orElseThrow());
            assertThat(there.path("Labels").path(DockerfileBuild.REVISION_LABEL).asText())
                    .isEqualTo(REVISION);
            assertThat(texts(there.path("Env"))).contains("REVISION=" + REVISION);
            assertThat(lines()).contains("vanilla");
            assertThat(events).anyMatch(DeployEvent.Progress.class::isInstance);
            assertThat(events)
                    .filteredOn(DeployEvent.Warning.class::isInstance)
                    .singleElement()
                    .asString()
                    .contains("'image.cache_from' does nothing");

            write("greeting", "hullo");
            events.clear();
            dockerfile(engine, settings);
            assertThat(lines()).doesNotContain("vanilla").anyMatch(line -> line.contains("Using cache"));
        }
    }

    @Test
    void podman_asTheEngine_tellsWhatFailed() throws IOException {
        write("Dockerfile", "FROM " + base + "\nRUN echo no rule to make $((2 * 21)); exit 7\n");
        EcsSettings settings = settings("");

        try (DockerEngine engine = podmanAsTheEngine()) {
            assertThatThrownBy(() -> dockerfile(engine, settings))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("STEP 2/")
                    .hasMessageContaining("no rule to make 42");
            write("Dockerfile", "FROM " + base + "\n");
            String image = dockerfile(engine, settings);
            EcsSettings stranger = settings(new RegistryLogin(login.endpoint(), login.user(), "a guess"), "");
            assertThatThrownBy(() -> pusher(engine, stranger).push(image, "stranger", context()))
                    .isInstanceOf(TargetUnreachableException.class);
        }
    }

    /** What has no settings of its own for the engine asks this process's, when it is first asked. */
    private static DockerEngine podmanAsTheEngine() {
        System.setProperty("DOCKER_HOST", address);
        try {
            DockerEngine engine = new DockerEngine();
            assertThat(DockerEngine.isPodman(engine.client())).isTrue();
            return engine;
        } finally {
            System.clearProperty("DOCKER_HOST");
        }
    }

    private static ImagePusher pusher(DockerEngine engine, EcsSettings settings) {
        return new ImagePusher(engine, registry(settings));
    }

    private String dockerfile(DockerEngine engine, EcsSettings settings) throws IOException {
        ImageSettings image = settings.image();
        BuildxBuild none = new BuildxBuild(
                image, "docker-that-is-not-there", any -> Map.of(), new DockerConfig(folder.resolve("config.json")));
        return new DockerfileBuild(image, engine, new CacheImages(image.cacheFrom(), registry(settings)), none)
                .build(context())
                .image();
    }

    private List<String> lines() {
        return events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

    private record Built(ImageReference image, Path tar) {}

    private Built build(String tag, String layers) throws IOException {
        EcsSettings settings = settings(layers + "    cache: { directory: " + machine.resolve("cache") + " }\n");
        DeployContext context = context();
        ImageRegistry registry = registry(settings);
        ImageRoad road = LayersRoad.of(
                settings.image().layers().orElseThrow(),
                registry,
                new ImagesThere.Names(List.of(), Optional::empty),
                List::of,
                LayersRoad.http(registry, context),
                context);
        try {
            String id = road.build().build(context).image();
            Path tar = folder.resolve(tag + ".tar");
            road.push().save(id, login.endpoint() + "/team/app:" + tag, tar, context);
            return new Built(road.push().push(id, tag, context).reference(), tar);
        } finally {
            road.end().run();
        }
    }

    private static JsonNode inspect(String image, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("--tls-verify=false");
        words.add(image);
        return Json.read(LocalTool.run(skopeo("inspect", words)).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] skopeo(String command, List<String> words) {
        return Stream.concat(Stream.of("skopeo", command, "--authfile=" + podman.auth()), words.stream())
                .toArray(String[]::new);
    }

    private static List<String> texts(JsonNode list) {
        return Json.items(list).map(JsonNode::asText).toList();
    }

    private static EcsSettings settings(String more) {
        return settings(login, more);
    }

    private static EcsSettings settings(RegistryLogin as, String more) {
        return SettingsText.of("""
                image:
                  repository: team/app
                  registry: '%s'
                  username: %s
                  password: '%s'
                """.formatted(as.endpoint(), as.user(), as.password()) + more);
    }

    private static ImageRegistry registry(EcsSettings settings) {
        return new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC());
    }

    private DeployContext context() throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        return Contexts.of(source, work, REVISION, events::add, ForkJoinPool.commonPool());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(source.resolve(name), text);
    }
}
