package io.deployflow.benchmark.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real SSH servers of another library. */
class PlainJschTest {
    @TempDir
    Path folder;

    @Test
    void script_runsOnEveryHostWithTheSameInput_andFromTheSecondTimeOnWithAnArchive() throws IOException {
        Path input = Files.writeString(folder.resolve("input"), "what was sent\n");
        try (Swarm swarm = Swarm.start(2, folder)) {
            ParallelJsch everywhere = everywhere(swarm);

            assertThat(run(everywhere, swarm, "cat > received; echo done", input))
                    .satisfies(first ->
                            assertThat(first.status()).as(first.output()).isZero())
                    .satisfies(first -> assertThat(first.output()).isEqualTo("done\ndone"));
            assertThat(everywhere.archive()).isNotEmptyFile();
            assertThat(run(everywhere, swarm, "cat received >> twice", input).status())
                    .isZero();
        }
        assertThat(folder.resolve("host-0001/twice")).hasContent("what was sent\n");
        assertThat(folder.resolve("host-0002/twice")).hasContent("what was sent\n");
    }

    @Test
    void script_whereOneHostFails_fails() throws IOException {
        Path input = Files.createFile(folder.resolve("input"));
        try (Swarm swarm = Swarm.start(2, folder)) {
            Files.createFile(folder.resolve("host-0001/there"));

            assertThat(run(everywhere(swarm), swarm, "cat; ls there", input).status())
                    .isEqualTo(1);
        }
    }

    private ParallelJsch everywhere(Swarm swarm) {
        return ParallelJsch.in(folder, new ParallelSsh(swarm.identity(), swarm.knownHosts()));
    }

    private static Timed run(ParallelJsch everywhere, Swarm swarm, String script, Path input) {
        Hosts hosts = new Hosts(swarm.hosts(2), Duration.ZERO);
        return TimedCommand.run(List.of("sh", "-c", everywhere.onEach(hosts, script, input.toString())), Map.of());
    }
}
