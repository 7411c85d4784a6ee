package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tree, and a host that it is staged on by the scripts themselves, run by this machine's {@code sh}. */
abstract class StagedTrees {
    static final String OLD = "20260101000000";
    static final String NEW = "20260101000001";

    @TempDir
    Path temp;

    Path source = Path.of("");
    StageHost host = new StageHost(Path.of(""));

    @BeforeEach
    void makeHost() throws IOException {
        host = new StageHost(Files.createDirectory(temp.resolve("bob's $(shop) \\ 1%s")));
        source = Files.createDirectory(temp.resolve("source"));
        write("app.txt", "one\n");
        write("lib/same.rb", "same\n");
        write("lib/deep/er/other.rb", "other\n");
        write("gone/away.txt", "away\n");
        Files.createDirectories(source.resolve("empty"));
        Files.writeString(source.resolve("zero"), "");
        Files.createSymbolicLink(source.resolve("alias"), Path.of("lib/same.rb"));
        shell("chmod 755 app.txt; ln -s 'a b' 'lib/to space '");
    }

    // What a test has locked, JUnit could not remove.
    @AfterEach
    void unlock() throws IOException {
        shell("chmod -R u+rwX '" + temp + "'");
    }

    final void write(String name, String text) throws IOException {
        Files.createDirectories(source.resolve(name).getParent());
        Files.writeString(source.resolve(name), text);
    }

    final void shell(String script) throws IOException {
        int status =
                LocalCommand.shell("set -e\n" + script, source, Map.of()).run(line -> {}, CancellationToken.create());
        assertThat(status).isZero();
    }

    final void stageOld() throws IOException {
        assertThat(host.stage(OLD, source)).isEqualTo(new StageHost.Answer(0, ""));
    }

    final void stagesNew() throws IOException {
        Map<String, String> before = StageHost.state(host.release(OLD));
        assertThat(host.stage(NEW, source, OLD)).isEqualTo(new StageHost.Answer(0, ""));
        assertThat(TreeScan.scan(host.release(NEW))).isEqualTo(TreeScan.scan(source));
        assertThat(StageHost.state(host.release(OLD))).isEqualTo(before);
        assertThat(names("releases")).containsExactly(OLD, NEW);
    }

    final void refusesNew(String why) throws IOException {
        StageHost.Answer answer = host.stage(NEW, source, OLD);
        assertThat(answer.said().lines()).last().asString().contains(why);
        assertThat(answer.status()).isEqualTo(StageCommands.NEEDS_WHOLE_TREE);
        assertThat(names("releases")).doesNotContain(NEW, NEW + ".tmp");
    }

    final List<String> names(String directory) throws IOException {
        try (Stream<Path> list = Files.list(host.root.resolve(directory))) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
