package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Report;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A deploy whose process is killed: the hosts serve whole releases, and the next deploy succeeds. That of the command
 * line is killed in each step by a story of its own.
 */
class SshKilledIT extends RealHosts {

    @ParameterizedTest
    @CsvSource({"push progress, false", "rollout switched, true", "cleanup started, true"})
    void deploy_afterOneWasKilled_succeedsAndLeavesNothingBehind(String moment, boolean switched) throws IOException {
        story.settings.deployTo += "/" + moment.replace(' ', '_');
        story.deploy().orThrow();
        story.write("app.txt", "two\n").write("padding.txt", noise());

        HaltedDeploy.of(story, moment);

        assertThat(story.served()).allMatch(text -> text.equals("one") || text.equals("two"));
        story.deployer().status("classic");
        story.write("app.txt", "three\n");
        Report next = story.deploy().orThrow();

        assertThat(story.served()).containsExactly("three", "three", "three");
        assertThat(story.told(next)).isEqualTo(story.allSwitched(next));
        assertThat(next.warnings()).hasSize(switched ? 3 : 0).allMatch(warning -> warning.contains("cut short"));
        assertThat(story.deployer().status("classic").notices()).isEmpty();
        for (int host = 0; host < 3; host++) {
            assertThat(story.on(host, "cd " + story.settings.deployTo + "; ls -A . .deployflow releases"))
                    .doesNotContain(".tmp", "lock", "switching", ".current");
        }
    }

    @Test
    void status_afterADeployWasKilledInItsSwitch_tellsWhichHostsDiffer() throws IOException {
        String one = story.deploy().orThrow().release().orElseThrow().id();
        story.write("app.txt", "two\n");

        HaltedDeploy.of(story, "rollout switched");

        assertThat(story.served()).containsOnlyOnce("two");
        assertThat(story.deployer().status("classic").notices())
                .contains("the hosts serve different releases")
                .filteredOn(notice -> notice.contains("was not confirmed"))
                .hasSize(3);

        story.settings.build = List.of("exit 1");
        Report failed = story.deploy();

        assertThat(failed.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(failed.warnings())
                .satisfiesExactlyInAnyOrder(
                        told -> assertThat(told)
                                .startsWith(story.label(0) + ": ")
                                .endsWith("; serves again releases/" + one),
                        told -> assertThat(told)
                                .startsWith(story.label(1) + ": ")
                                .endsWith("; serves releases/" + one),
                        told -> assertThat(told)
                                .startsWith(story.label(2) + ": ")
                                .endsWith("; serves releases/" + one));
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.deployer().status("classic").notices())
                .singleElement()
                .asString()
                .endsWith("is left of a deploy that did not get through; it is not live");
    }

    private static String noise() {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(3_000_000, ' ', '~').forEach(c -> text.append((char) c));
        return text.toString();
    }
}
