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

    @BeforeEach
    void prepare() throws IOException {
        source = Source.make(folder.resolve("shop"), 20, 100);
        Path ssh = Files.writeString(folder.resolve("ssh"), """
                #!/bin/sh
                while [ "$1" != -p ]; do shift; done
                shift 3
                exec sh -c "$(printf %%s "$*" | sed 's#/var/www/#%s/#g')"
                """.formatted(folder));
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
        for (String name : List.of("tar", "delta")) {
            Files.createDirectories(folder.resolve(name + "/releases"));
        }
    }

    @Test
    void delta_whenOneFileChanged_linksTheOthersAndPrunes() throws IOException {
        ShellTool tool = tool(ShellTool.Way.DELTA);
        begin(tool);
        source.change();
        run(tool.script(HOST, "20260101000001", 2));
        source.change();
        run(tool.script(HOST, "20260101000002", 2));

        Path there = folder.resolve("delta");
        Path before = there.resolve("releases/20260101000001");
        assertThat(releases(there)).containsExactly("20260101000001", "20260101000002");
        assertThat(there.resolve("current/" + Source.CHANGING)).hasContent(source.versionText());
        assertThat(before.resolve(Source.CHANGING)).hasContent(source.versionTextBefore());
        Path file = Path.of("app/00/000/file-0001.txt");
        assertThat(Files.isSameFile(
                        before.resolve(file), there.resolve("current").resolve(file)))
                .isTrue();
    }

    @Test
    void takeOver_begins_withWhatTheOtherHasAndLeavesThatAlone() throws IOException {
        ShellTool tool = tool(ShellTool.Way.DELTA);
        begin(tool);
        String first = source.versionText();
        source.change();
        run(tool.script(HOST, "20260101000001", 2));

        assertThat(folder.resolve("tar/current/" + Source.CHANGING)).hasContent(first);
        assertThat(folder.resolve("delta/current/app/00/001/file-0019.txt")).exists();
    }

    @Test
    void tar_sendsTheWholeTreeWithoutTheRepository() throws IOException {
        run(tool(ShellTool.Way.TAR).script(HOST, "1", 2));

        assertThat(folder.resolve("tar/current/app/00/001/file-0019.txt")).exists();
        assertThat(folder.resolve("tar/current/.git")).doesNotExist();
    }

    @Test
    void script_whenAHostFails_fails() throws IOException {
        Files.delete(folder.resolve("tar/releases"));

        assertThat(timed(tool(ShellTool.Way.TAR).script(HOST, "1", 2)).status()).isNotZero();
    }

    private void begin(ShellTool tool) {
        ShellTool whole = tool(ShellTool.Way.TAR);
        run(whole.script(HOST, "1", 2));
        run(tool.takeOverScript(HOST, whole));
    }

    private ShellTool tool(ShellTool.Way way) {
        ParallelSsh ssh = new ParallelSsh(folder.resolve("id"), folder.resolve("known_hosts"));
        return new ShellTool(way, ssh, source.directory(), folder);
    }

    private static List<String> releases(Path there) throws IOException {
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
