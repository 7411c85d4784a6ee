package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has never built the application, and an image in a real registry that another has pushed. */
class CacheFromIT {
    /** What it makes differs each time that it is run. */
    private static final String DOCKERFILE = """
            FROM %s
            RUN cat /proc/sys/kernel/random/uuid > /made
            COPY . /app
            """;

    @TempDir
    private Path source;

    @TempDir
    private Path work;

    private final DockerEngine docker = new DockerEngine();
    private final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    private Engine engine;
    private RegistryContainer registry;
    private String image = "";

    @BeforeEach
    void start() throws IOException {
        engine = Engine.connect("it-" + UUID.randomUUID());
        ImageStore images = new ImageStore(engine);
        registry = RegistryContainer.start(engine, images);
        String base = registry.endpoint() + "/base";
        TinyImage.make(images, base);
        image = registry.endpoint() + "/team/app:latest";
        Files.writeString(source.resolve("Dockerfile"), DOCKERFILE.formatted(base));
    }

    @AfterEach
    void stop() {
        forgetTheImage();
        docker.close();
        engine.close();
    }

    @Test
    void build_onAFreshMachine_takesTheLayersThatTheImageHas() throws IOException {
        greet("hello");
        assertThat(deploy("[]").content()).hasSize(3);
        List<String> first = layers();

        forgetTheImage();
        greet("hullo");
        assertThat(deploy("['" + image + "']").content()).hasSize(1);
        List<String> changed = layers();
        assertThat(lines()).contains(" ---> Using cache");
        assertThat(changed.subList(0, 2)).isEqualTo(first.subList(0, 2));
        assertThat(changed.get(2)).isNotEqualTo(first.get(2));

        forgetTheImage();
        assertThat(deploy("['" + image + "']").content()).isEmpty();
        assertThat(layers()).isEqualTo(changed);
    }

    /** With what the engine has built for it and would take layers from. */
    private void forgetTheImage() {
        docker.client().removeImageCmd(image).withForce(true).exec();
    }

    private PushedImage deploy(String cacheFrom) {
        RegistryLogin login = registry.login();
        EcsSettings settings =
                SettingsText.of("""
                image: { repository: team/app, registry: '%s', username: %s, password: '%s', cache_from: %s }
                """.formatted(login.endpoint(), login.user(), login.password(), cacheFrom));
        ImageRegistry there = new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC());
        BuildxBuild none = new BuildxBuild(
                settings.image(), "docker-that-is-not-there", any -> Map.of(), new DockerConfig(work.resolve("none")));
        DeployContext context = Contexts.of(source, work, "a".repeat(40), events::add, ForkJoinPool.commonPool());
        events.clear();
        String id = new DockerfileBuild(
                        settings.image(),
                        docker,
                        new CacheImages(settings.image().cacheFrom(), there),
                        none)
                .build(context)
                .image();
        return new ImagePusher(docker, there).push(id, "latest", context);
    }

    private List<String> layers() throws IOException {
        JsonNode manifest = Json.read(
                registry.manifest("team/app", "latest").orElseThrow().body().getBytes(StandardCharsets.UTF_8));
        return Json.items(manifest.path("layers"))
                .map(layer -> layer.path("digest").asText())
                .toList();
    }

    private List<String> lines() {
        return events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

    private void greet(String text) throws IOException {
        Files.writeString(source.resolve("greeting"), text);
    }
}
