package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.BuildException;
import io.deployflow.Secret;
import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.Login;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildKitTest {
    @TempDir
    private Path folder;

    private final List<DeployEvent> events = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=docker/dockerfile:1\nFROM a",
                "FROM a\nRUN --mount=type=cache,target=/x bundle",
                "FROM a\nRUN --network=none make",
                "FROM a\nCOPY --from=b --chmod=755 x y",
                "FROM a\nRUN \\\n  --mount=type=secret,id=x make",
                "FROM a\nRUN <<EOF\nmake\nEOF"
            })
    void dockerfile_withItsSyntax_needsIt(String dockerfile) {
        assertThat(BuildKit.neededFor(dockerfile)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM a AS b\nCOPY --from=b --chown=1:1 x y\nRUN make --mount=x",
                "FROM a\n# RUN --mount is for later\nRUN test $((1 << 2)) = 4",
                "FROM a\n# syntax=too late"
            })
    void dockerfile_withoutIt_doesNot(String dockerfile) {
        assertThat(BuildKit.neededFor(dockerfile)).isEmpty();
    }

    @Test
    void buildx_buildsAndTellsItsSteps() throws IOException {
        BuildxBuild build = buildx(docker("""
                case "$2" in version) exit 0 ;; esac
                for word; do case "$word" in --iidfile=*) echo sha256:abc > "${word#*=}" ;; esac; done
                echo "#5 [app 2/3] RUN make"
                """));

        assertThat(build.isThere(context())).isTrue();
        assertThat(build.run(folder, "abc", true, context())).isEqualTo("sha256:abc");
        assertThat(events)
                .filteredOn(DeployEvent.Progress.class::isInstance)
                .singleElement()
                .matches(event -> ((DeployEvent.Progress) event).done() == 2);
    }

    @Test
    void buildx_knowsTheRegistrysLogin_andAllElseOfDockersConfiguration() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.createDirectories(own.resolve("cli-plugins"));
        Files.writeString(own.resolve("cli-plugins/docker-buildx"), "the plugin");
        Files.writeString(own.resolve("config.json"), """
                {"auths": {"other": {"auth": "eDp5"}}, "currentContext": "remote", "credsStore": "desktop"}
                """);
        String docker = docker("""
                for word; do case "$word" in --iidfile=*) echo sha256:abc > "${word#*=}" ;; esac; done
                cp "$DOCKER_CONFIG/config.json" "$DOCKER_CONFIG/cli-plugins/docker-buildx" %1$s
                stat -c %%a "$DOCKER_CONFIG" "$DOCKER_CONFIG/config.json" > %1$s/modes
                echo "$BUILDX_CONFIG" > %1$s/state
                """.formatted(Files.createDirectory(folder.resolve("seen"))));
        Login login = new Login("bob", Secret.of("hunter2"));

        new BuildxBuild(
                        settings(),
                        docker,
                        any -> Map.of("host:5000", login),
                        new DockerConfig(own.resolve("config.json")))
                .run(folder, "abc", true, context());

        JsonNode seen = Json.read(Files.readAllBytes(folder.resolve("seen/config.json")));
        assertThat(seen.at("/auths/host:5000/auth").asText()).isEqualTo("Ym9iOmh1bnRlcjI=");
        // No store is asked for it, and the other's login is where it was.
        assertThat(seen.path("credHelpers").path("host:5000").asText("missing")).isEmpty();
        assertThat(seen.at("/auths/other/auth").asText()).isEqualTo("eDp5");
        assertThat(seen.path("currentContext").asText()).isEqualTo("remote");
        assertThat(folder.resolve("seen/docker-buildx")).hasContent("the plugin");
        assertThat(folder.resolve("seen/modes")).hasContent("700\n600");
        assertThat(folder.resolve("seen/state"))
                .hasContent(own.resolve("buildx").toString());
        // Gone, and what it linked to is not.
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("docker-"));
        }
        assertThat(own.resolve("cli-plugins/docker-buildx")).exists();
        assertThat(events).asString().doesNotContain("hunter2").doesNotContain("Ym9iOmh1bnRlcjI=");
    }

    @Test
    void buildx_withoutALoginToTell_takesDockersConfigurationAsItIs() throws IOException {
        try (BuildxConfig config =
                BuildxConfig.write(new DockerConfig(folder.resolve("config.json")), Map.of(), folder)) {
            assertThat(config.environment(Map.of())).isEmpty();
        }
    }

    @Test
    void logins_areThoseThatDockersConfigurationDoesNotHave() {
        EcsSettings settings =
                SettingsText.of("image: { repository: app, registry: 'host:5000', username: bob, password: hunter2,"
                        + " cache_from: ['docker.io/team/app:cache'] }");
        ImageRegistry registry = new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC());

        Map<String, Login> logins = new BuildxLogins(settings.image().cacheFrom(), registry).of(context());

        assertThat(logins).containsOnlyKeys("host:5000");
        assertThat(logins.get("host:5000")).extracting(Login::user).isEqualTo("bob");
    }

    @Test
    void buildx_thatFails_showsTheStepAndTheLastLines() throws IOException {
        BuildxBuild build = buildx(docker("echo '#5 [app 2/3] RUN make'; echo 'no rule to make target'; exit 1"));

        assertThatThrownBy(() -> build.run(folder, "abc", true, context()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("at #5 [app 2/3] RUN make")
                .hasMessageContaining("no rule to make target");
    }

    @Test
    void buildx_takesLayersFromARegistry_andLeavesItsOwnThere() {
        assertThat(buildx("docker").words(folder, "abc", true, folder.resolve("id")))
                .contains(
                        "--cache-from=type=registry,ref=host/app:cache",
                        "--build-arg=BUILDKIT_INLINE_CACHE=1",
                        "--build-arg=REVISION=abc",
                        "--build-arg=FLAVOUR=vanilla");
    }

    @Test
    void buildx_thatIsNotThere_isSeen() {
        assertThat(buildx(folder.resolve("none").toString()).isThere(context())).isFalse();
    }

    @Test
    void podman_isTakenWhereNobodyNamesAnEngine_andThereIsNoDocker() {
        String socket = "/run/user/1000/podman/podman.sock";
        Map<String, String> user = Map.of("XDG_RUNTIME_DIR", "/run/user/1000");

        assertThat(EngineAddress.podman(user, socket::equals)).contains("unix://" + socket);
        assertThat(EngineAddress.podman(Map.of(), "/run/podman/podman.sock"::equals))
                .contains("unix:///run/podman/podman.sock");
        assertThat(EngineAddress.podman(user, path -> true)).isEmpty();
        assertThat(EngineAddress.podman(Map.of("DOCKER_HOST", "tcp://x"), socket::equals))
                .isEmpty();
    }

    private String docker(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("docker"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private BuildxBuild buildx(String docker) {
        return new BuildxBuild(settings(), docker, any -> Map.of(), new DockerConfig(folder.resolve("config.json")));
    }

    private static ImageSettings settings() {
        return SettingsText.of("image: { repository: app, args: { FLAVOUR: vanilla }, cache_from: ['host/app:cache'] }")
                .image();
    }

    private DeployContext context() {
        return Contexts.of(folder, folder, "abcdef0123", events::add, ForkJoinPool.commonPool());
    }
}
