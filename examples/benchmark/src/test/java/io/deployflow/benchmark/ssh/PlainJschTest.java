package io.deployflow.benchmark.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.benchmark.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real SSH servers of another library. */
@SuppressWarnings("NullAway.Init")
class PlainJschTest {
    @TempDir
    static Path folder;

    private static Swarm swarm;
    private static ParallelJsch everywhere;

    @BeforeAll
    static void start() throws IOException {
        swarm = Swarm.start(2, folder);
        everywhere = ParallelJsch.in(folder, new ParallelSsh(swarm.identity(), swarm.knownHosts()));
    }

    @AfterAll
    static void end() {
        swarm.close();
    }

    @Test
    void script_runsOnEveryHostWithTheSameInput_andMakesAnArchiveForTheNext() throws IOException {
        Path input = Files.writeString(folder.resolve("input"), "what was sent\n");

        Timed first = run("cat > received; echo done", input);

        assertThat(first.status()).as(first.output()).isZero();
        assertThat(first.output()).isEqualTo("done\ndone");
        assertThat(everywhere.archive()).isNotEmptyFile();
        assertThat(folder.resolve("host-0001/received")).hasContent("what was sent\n");
        assertThat(folder.resolve("host-0002/received")).hasContent("what was sent\n");
    }

    @Test
    void script_whereOneHostFails_fails() throws IOException {
        Path nothing = Files.createFile(folder.resolve("nothing"));
        Files.createFile(folder.resolve("host-0001/there"));

        assertThat(run("cat; ls there", nothing).status()).isEqualTo(1);
    }

    private static Timed run(String script, Path input) {
        Hosts hosts = new Hosts(swarm.hosts(2), Duration.ZERO);
        return TimedCommand.run(List.of("sh", "-c", everywhere.onEach(hosts, script, input.toString())), Map.of());
    }
}
