package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.docker.RegistryLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Podman with a storage of its own, which knows one registry; without systemd, and with no more limits than it is
 * given.
 */
final class Podman implements AutoCloseable {
    /** Docker's runtime, which runs wherever the stories do; and limits that any machine of CI is given. */
    private static final String ENGINE = """
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
            [engine]
            cgroup_manager = "cgroupfs"
            runtime = "runc"
            events_logger = "file"
            """;

    /** Other than Docker, Podman takes no registry on this machine to be without TLS. */
    private static final String REGISTRIES = """
            [[registry]]
            location = "%s"
            insecure = true
            """;

    private final Path folder;
    private final Map<String, String> environment;
    private final Path auth;
    private @Nullable Process service;

    Podman(Path folder, RegistryLogin login) {
        this.folder = folder;
        String token = Base64.getEncoder()
                .encodeToString((login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8));
        this.auth = write("auth.json", "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(login.endpoint(), token));
        this.environment = Map.of(
                "CONTAINERS_CONF", write("containers.conf", ENGINE).toString(),
                "CONTAINERS_REGISTRIES_CONF",
                        write("registries.conf", REGISTRIES.formatted(login.endpoint()))
                                .toString());
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with the registry's login, as {@code podman login} and {@code skopeo login} write it. */
    Path auth() {
        return auth;
    }

    /** What a container prints. */
    String run(String image, String... command) {
        return ask(Stream.concat(
                        Stream.of("run", "--rm", "--network=none", "--authfile=" + auth, "--ulimit=host", image),
                        Stream.of(command))
                .toArray(String[]::new));
    }

    /** What a command of Podman's prints. */
    String ask(String... words) {
        return LocalTool.run(environment, command(words));
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root=" + folder.resolve("root"),
                "--runroot=" + folder.resolve("run"),
                "--storage-driver=vfs"));
        command.addAll(List.of(words));
        return command;
    }

    /** Starts the service that speaks Docker's language, without a login of its own; gives its address. */
    String serve() throws IOException, InterruptedException {
        Path socket = folder.resolve("podman.sock");
        Path log = folder.resolve("service.log");
        ProcessBuilder builder = new ProcessBuilder(command("system", "service", "--time=0", "unix://" + socket))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process started = builder.start();
        service = started;
        while (!Files.exists(socket)) {
            assertThat(started.waitFor(20, TimeUnit.MILLISECONDS))
                    .as(() -> "podman system service has ended: " + read(log))
                    .isFalse();
        }
        return "unix://" + socket;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the service and removes every image. */
    @Override
    public void close() throws InterruptedException {
        Process running = service;
        if (running != null) {
            running.destroy();
            running.waitFor();
        }
        ask("rmi", "--all", "--force");
    }
}
