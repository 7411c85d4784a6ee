package io.deployflow.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapistranoIT {
    @TempDir
    Path repository;

    @Test
    void run_deploysTheRepositoryToEveryHost_andTellsWhatItTook() throws Exception {
        Files.writeString(repository.resolve("app.txt"), "one\n");
        Files.setPosixFilePermissions(repository, PosixFilePermissions.fromString("rwxr-xr-x"));
        git("init", "-q", "-b", "main");
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "one");
        try (Sandbox sandbox =
                Sandbox.builder().sshHosts(2).capistrano(repository).start()) {
            CapistranoProject project = new CapistranoProject(
                    "shop", "/var/www/shop", "main", sandbox.sshHosts(), List.of("set :keep_releases, 2"));

            CapistranoRun run = sandbox.capistrano().run(project, "production", "deploy");

            assertThat(run.output()).contains("deploy@127.0.0.1").doesNotEndWith("\n");
            assertThat(run.status()).as(run.output()).isZero();
            assertThat(run.wall()).isGreaterThan(run.cpu().dividedBy(2)).isGreaterThan(Duration.ofMillis(200));
            assertThat(run.cpu()).isPositive();
            for (SshHost host : sandbox.sshHosts()) {
                assertThat(output("docker", "exec", host.container(), "cat", "/var/www/shop/current/app.txt"))
                        .isEqualTo("one\n");
            }
            CapistranoRun wrong = sandbox.capistrano().run(project, "production", "no:such:task");
            assertThat(wrong.status()).isEqualTo(1);
            assertThat(wrong.output()).contains("no:such:task");
        }
    }

    private void git(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("git", "-C", repository.toString()));
        line.addAll(List.of(words));
        output(line.toArray(String[]::new));
    }

    private static String output(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
