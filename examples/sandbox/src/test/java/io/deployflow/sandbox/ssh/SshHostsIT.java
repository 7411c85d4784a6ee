package io.deployflow.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshHostsIT {
    @TempDir
    Path folder;

    private Engine engine;
    private SshHosts hosts;

    @BeforeEach
    void start() {
        engine = Engine.connect("it-" + UUID.randomUUID());
        hosts = SshHosts.start(engine, new ImageStore(engine), 2, folder);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void hosts_whenStarted_takeTheKeyAndNoOther() throws Exception {
        SshHost first = hosts.hosts().get(0);

        assertThat(ssh(first, hosts.knownHosts(), "whoami; puma --version"))
                .contains("deploy", "puma version", "exit 0");
        Path stranger = Files.writeString(
                folder.resolve("stranger"), OpenSshKey.generate().privatePem());
        Files.setPosixFilePermissions(stranger, PosixFilePermissions.fromString("rw-------"));
        SshHosts withWrongKey = new SshHosts(hosts.hosts(), stranger, hosts.knownHosts());
        hosts = withWrongKey;
        assertThat(ssh(first, hosts.knownHosts(), "true")).contains("Permission denied", "exit 255");
    }

    @Test
    void hosts_whenStarted_haveKeysOfTheirOwn() throws Exception {
        List<String> lines = Files.readAllLines(hosts.knownHosts());
        SshHost second = hosts.hosts().get(1);

        assertThat(lines).hasSize(2).allMatch(line -> line.matches("\\[127\\.0\\.0\\.1]:\\d+ ssh-ed25519 \\S+"));
        String keyOfFirst = lines.get(0).substring(lines.get(0).indexOf(' '));
        Path swapped = Files.writeString(folder.resolve("swapped"), "[127.0.0.1]:" + second.port() + keyOfFirst + "\n");
        assertThat(ssh(second, swapped, "true")).contains("HOST IDENTIFICATION HAS CHANGED", "exit 255");
    }

    @Test
    void hosts_whenStarted_letDeployWriteItsFolder() throws Exception {
        String command = "mkdir -p /var/www/shop/releases && echo made";

        assertThat(ssh(hosts.hosts().get(1), hosts.knownHosts(), command)).contains("made", "exit 0");
    }

    private String ssh(SshHost host, Path knownHosts, String command) throws Exception {
        List<String> line = new ArrayList<>(
                List.of("ssh", "-F", "none", "-i", hosts.identity().toString()));
        line.addAll(List.of("-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes"));
        line.addAll(List.of("-o", "UserKnownHostsFile=" + knownHosts, "-p", Integer.toString(host.port())));
        line.addAll(List.of(host.user() + "@" + host.host(), command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + process.waitFor();
    }
}
