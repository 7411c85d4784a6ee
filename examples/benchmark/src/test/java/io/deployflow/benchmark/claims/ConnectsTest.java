package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.swarm.Losses;
import io.deployflow.benchmark.swarm.Swarm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectsTest {
    private static final int HOSTS = 4;

    @TempDir
    private Path folder;

    /** The same losses for each way: what tells them apart is the one setting. */
    @Test
    void failure_whereConnectsAreLost_isOfThoseThatTryOnce() throws Exception {
        Source source = Source.make(folder.resolve("app"), 2, 100);
        try (Swarm swarm = Swarm.start(HOSTS, Files.createDirectory(folder.resolve("swarm")))) {
            Connects connects = new Connects(swarm, source, folder);

            assertThat(connects.failure(new Case(Ways.ONCE, HOSTS, 0))).isEmpty();
            swarm.lose(half());
            assertThat(connects.failure(new Case(Ways.ONCE, HOSTS, 50)))
                    .hasValueSatisfying(said -> assertThat(said).contains("before the login, once"));
            swarm.lose(half());
            assertThat(connects.failure(new Case(Ways.OURS, HOSTS, 50))).isEmpty();
            swarm.lose(half());
            assertThat(connects.failure(new Case(Ways.MODEL, HOSTS, 50))).isPresent();
        }
    }

    private static Losses half() {
        return Losses.of(0.5, 1);
    }
}
