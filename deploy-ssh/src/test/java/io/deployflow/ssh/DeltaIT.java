package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What travels to real hosts, and what becomes of a host whose release is not what it should be. */
class DeltaIT extends RealHosts {
    private static final int LARGE = 300_000;

    /** Deploys, and tells what was sent. */
    private List<String> deploy() {
        story.events.clear();
        story.deploy().orThrow();
        return story.sent();
    }

    @Test
    void deploy_ofOneChangedFile_sendsItOnce_andTheRestNever() {
        story.writeLetters("lib/large.txt", LARGE, 1);
        String odd = OddTree.make(story.source);
        assertThat(deploy())
                .singleElement()
                .satisfies(sent -> assertThat(Story.bytes(sent)).isGreaterThan(LARGE / 2));
        assertThat(OddTree.served(story, 2)).isEqualTo(odd);
        story.write("star*", "changed");
        story.write("app.txt", "two\n");

        assertThat(deploy()).singleElement().satisfies(sent -> {
            assertThat(sent).startsWith("sent: 3 files in ").endsWith(" to 3 of 3 hosts");
            assertThat(Story.bytes(sent)).isLessThan(10_000);
        });

        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(story.on(0, "cat '" + story.settings.deployTo + "/current/star*'"))
                .isEqualTo("changed");
    }

    @Test
    void deploy_toHostsWithDifferentReleases_encodesOnceForEach_andSendsTheWholeTreeWhereOneWasEdited() {
        story.writeLetters("lib/large.txt", LARGE, 2);
        story.deploy().orThrow();
        List<String> all = story.settings.hosts;
        story.settings.hosts = List.of(all.get(2));
        story.write("app.txt", "only on the third\n");
        story.deploy().orThrow();
        story.settings.hosts = all;
        story.write("app.txt", "everywhere\n");

        assertThat(deploy())
                .hasSize(2)
                .allSatisfy(sent -> assertThat(Story.bytes(sent)).isLessThan(10_000));
        assertThat(story.served()).containsOnly("everywhere");

        story.on(1, "cd " + story.settings.deployTo + "/current/ && sed -i s/e/E/ app.txt && printf '%010d' 0 > lib/x");
        story.write("app.txt", "once more\n");
        story.events.clear();
        Report report = story.deploy().orThrow();

        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith(story.label(1) + ": releases/")
                .endsWith(": the whole tree is sent");
        assertThat(story.served()).containsOnly("once more");
        assertThat(story.on(1, "ls " + story.settings.deployTo + "/current/lib"))
                .isEqualTo("large.txt");
    }

    @Test
    void deploy_afterARollback_beginsWithWhatIsLive() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n").write("second.txt", "two\n");
        story.deploy().orThrow();
        story.deployer().rollback("classic").orThrow();
        story.write("app.txt", "one\n");

        assertThat(deploy()).singleElement().asString().startsWith("sent: 2 files ");

        assertThat(story.served()).containsOnly("one");
        assertThat(story.on(0, "cat " + story.settings.deployTo + "/current/second.txt"))
                .isEqualTo("two");
    }
}
