package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.swarm.Losses;
import io.deployflow.benchmark.swarm.Swarm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapistranoWayTest {
    @TempDir
    private Path folder;

    @Test
    void deploy_switchesEveryHost_andWithALostConnectNone() throws Exception {
        Source source = Source.make(folder.resolve("app"), 2, 100);
        try (Swarm swarm = Swarm.start(2, Files.createDirectory(folder.resolve("swarm")))) {
            CapistranoWay way = new CapistranoWay(swarm.identity(), source.directory(), swarm.pathOnHosts("shop"));

            assertThat(way.deploy(swarm.hosts(2), "1")).isEmpty();
            String before = source.versionText();
            source.change();
            swarm.lose(Losses.of(1, 1));
            assertThat(way.deploy(swarm.hosts(2), "2")).isPresent();

            assertThat(swarm.live(1, "shop", Source.CHANGING)).isEqualTo(before);
            assertThat(swarm.live(2, "shop", Source.CHANGING)).isEqualTo(before);
            swarm.lose(Losses.NONE);
            assertThat(way.deploy(swarm.hosts(2), "3")).isEmpty();
            assertThat(swarm.live(2, "shop", Source.CHANGING)).isEqualTo(source.versionText());
        }
    }
}
