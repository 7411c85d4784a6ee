package io.deployflow.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.deployflow.DeployFile;
import io.deployflow.Deployer;
import io.deployflow.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The team's tool takes the Puma application to a real host. */
class TeamDeployIT {
    private static final Path PUMA = Path.of("..", "apps", "puma");

    @TempDir
    static Path folder;

    private static Sandbox sandbox;
    private static DeployFile deployFile;

    private final ByteArrayOutputStream room = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(room, true, StandardCharsets.UTF_8);

    @BeforeAll
    static void startHost() throws IOException, InterruptedException {
        sandbox = Sandbox.builder().sshHosts(1).folder(folder).start();
        Path source = folder.resolve("shop");
        run("cp", "-R", PUMA.toString(), source.toString());
        run("git", "-C", source.toString(), "init", "-q");
        run("git", "-C", source.toString(), "add", ".");
        run("git", "-C", source.toString(), "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one");
        deployFile = DeployFile.read(Files.writeString(folder.resolve("deploy.yml"), sandbox.deployFile(source)));
    }

    @AfterAll
    static void removeHost() {
        sandbox.close();
    }

    @Test
    void promote_withoutAContainer_deploysAndTellsTheRoom() throws IOException {
        try (Deployer deployer = Deployer.builder()
                .deployFile(deployFile)
                .listener(TeamDeploy.announcer(out))
                .build()) {
            assertThat(new TeamDeploy(deployer, out).promote("HEAD", List.of("hosts")))
                    .as(told())
                    .isTrue();
        }

        assertThat(greeting()).isEqualTo("Hello from the shop.\n");
        assertThat(told()).contains("hosts: rollout", "hosts: serves HEAD after");
    }

    @Test
    void promote_wiredWithGuice_deploysAndTellsTheRoom() throws IOException {
        Injector injector = Guice.createInjector(new TeamModule(deployFile, out));

        try (Deployer deployer = injector.getInstance(Deployer.class)) {
            assertThat(injector.getInstance(TeamDeploy.class).promote("HEAD", List.of("hosts")))
                    .as(told())
                    .isTrue();
            assertThat(deployer.status("hosts").live()).isPresent();
        }
        assertThat(greeting()).isEqualTo("Hello from the shop.\n");
    }

    @Test
    void promote_whenTheFirstTargetFails_neverReachesTheSecond() {
        try (Deployer deployer = Deployer.builder().deployFile(deployFile).build()) {
            assertThat(new TeamDeploy(deployer, out).promote("no-such-branch", List.of("hosts", "containers")))
                    .isFalse();
        }

        assertThat(told()).contains("hosts: UNCHANGED").doesNotContain("containers");
    }

    private static String greeting() throws IOException {
        URI address = sandbox.sshHosts().get(0).appUrl();
        return new String(address.toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String told() {
        return room.toString(StandardCharsets.UTF_8);
    }

    private static void run(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
                .as(String.join(" ", words))
                .isZero();
    }
}
