package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.PushException;
import io.deployflow.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trees with names, links and modes that shells and archives get wrong. */
class OddTreeIT extends RealHosts {
    @Test
    void deploy_ofOddNamesLinksAndModes_keepsEveryByte() {
        String here = OddTree.make(story.source);

        story.deploy().orThrow();

        for (int host = 0; host < 3; host++) {
            assertThat(OddTree.served(story, host)).isEqualTo(here);
        }
    }

    @Test
    void deploy_whenALinkOfTheTreeLeadsBelowALinkedDirectory_refuses() {
        Story.run("ln", "-s", story.settings.deployTo + "/shared/tmp", story.source + "/tmp");
        story.settings.linkedDirs = List.of("tmp/pids");

        Report report = story.deploy();

        assertThat(report.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessage("'tmp/pids' is to be linked into shared/, but 'tmp' is a link in the tree");
    }
}
