package io.deployflow.benchmark.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the scripts with an {@code ssh} that runs what it is given here, with another directory in it. */
class ShellToolTest {
    private static final Hosts HOST = new Hosts(
            List.of(new SshHost("deploy", "127.0.0.1", 22, URI.create("http://127.0.0.1:1"), "none")), Duration.ZERO);

    @TempDir
    Path folder;

    private Source source;
    private Path there;

    @BeforeEach
    void prepare() throws IOException {
        source = Source.make(folder.resolve("shop"), 20, 100);
        there = folder.resolve("host");
        Path ssh = Files.writeString(folder.resolve("ssh"), """
                #!/bin/sh
                while [ "$1" != -p ]; do shift; done
                shift 3
                exec sh -c "$(printf %%s "$*" | sed 's#/var/www/[a-z]*#%s#g')"
                """.formatted(there));
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(there.resolve("releases"));
    }

    @Test
    void delta_whenOneFileChanged_linksTheOthersAndPrunes() throws IOException {
        ShellTool tool = tool(ShellTool.Way.DELTA);
        run(tool.script(HOST, "1", 2));
        source.change();
        run(tool.script(HOST, "2", 2));
        source.change();
        run(tool.script(HOST, "3", 2));

        assertThat(releases()).containsExactly("2", "3");
        assertThat(there.resolve("current/" + Source.CHANGING)).hasContent(source.versionText());
        assertThat(there.resolve("releases/2/" + Source.CHANGING)).hasContent(source.versionTextBefore());
        Path file = Path.of("app/00/000/file-0001.txt");
        assertThat(Files.isSameFile(
                        there.resolve("releases/2").resolve(file),
                        there.resolve("releases/3").resolve(file)))
                .isTrue();
    }

    @Test
    void tar_sendsTheWholeTreeWithoutTheRepository() throws IOException {
        run(tool(ShellTool.Way.TAR).script(HOST, "1", 2));

        assertThat(there.resolve("current/app/00/001/file-0019.txt")).exists();
        assertThat(there.resolve("current/.git")).doesNotExist();
    }

    @Test
    void script_whenAHostFails_fails() throws IOException {
        Files.delete(there.resolve("releases"));

        assertThat(timed(tool(ShellTool.Way.TAR).script(HOST, "1", 2)).status()).isNotZero();
    }

    private ShellTool tool(ShellTool.Way way) {
        ParallelSsh ssh = new ParallelSsh(folder.resolve("id"), folder.resolve("known_hosts"));
        return new ShellTool(way, ssh, source.directory(), folder);
    }

    private List<String> releases() throws IOException {
        try (var entries = Files.list(there.resolve("releases"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private void run(String script) {
        Timed run = timed(script);
        assertThat(run.status()).as(run.output()).isZero();
    }

    private Timed timed(String script) {
        return TimedCommand.run(List.of("sh", "-c", script), Map.of("PATH", folder + ":" + System.getenv("PATH")));
    }
}
