package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.RolloutException;
import io.deployflow.UnitResult;
import io.deployflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Deploys to three real hosts that do what they should, with releases that sometimes do not. */
class SshDeployIT {
    private static Sandbox sandbox;
    private Story story;

    @BeforeAll
    static void startHosts() {
        sandbox = Sandbox.builder().sshHosts(3).start();
    }

    @AfterAll
    static void removeHosts() {
        sandbox.close();
    }

    @BeforeEach
    void begin(@TempDir Path source, TestInfo info) {
        story = new Story(sandbox, source, info.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void deploy_firstSecondAndRollback_switchesEveryHost() {
        Report first = story.deploy().orThrow();
        assertThat(story.served()).containsExactly("one", "one", "one");

        story.write("app.txt", "two\n");
        Report second = story.deploy().orThrow();
        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(second.previous().map(Release::id)).isEqualTo(first.release().map(Release::id));
        assertThat(second.warnings()).isEmpty();

        Report back = story.deployer().rollback("classic").orThrow();
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(back.units()).extracting(UnitResult::state).containsOnly(UnitResult.State.SWITCHED);

        String secondId = second.release().orElseThrow().id();
        story.deployer()
                .rollback("classic", Optional.of(secondId), CancellationToken.create())
                .orThrow();
        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(story.deployer().releases("classic"))
                .extracting(Release::state)
                .containsExactly(Release.State.LIVE, Release.State.GOOD);
        assertThat(story.on(0, "cat " + story.settings.deployTo + "/revisions.log")
                        .lines())
                .hasSize(4)
                .first()
                .asString()
                .matches("Branch HEAD \\(at [0-9a-f]{64}\\) deployed as release \\d{14} by alice@laptop");
    }

    @Test
    void deploy_whenOneHostFailsItsHealthCheck_restoresEveryHost() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.on(1, "touch /tmp/sick");
        story.settings.health = TestSettings.command("[ ! -e /tmp/sick ] || grep one app.txt", 2);
        story.settings.restart = "echo restarting with $(cat app.txt)";

        Report report = story.deploy();

        story.on(1, "rm /tmp/sick");
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining(story.label(1) + ": not healthy within 2 s")
                .hasMessageNotContaining(story.label(0));
        assertThat(report.units()).extracting(UnitResult::state).containsOnly(UnitResult.State.RESTORED);
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.deployer().releases("classic"))
                .extracting(Release::state)
                .containsExactly(Release.State.FAILED, Release.State.LIVE);
    }

    @Test
    void deploy_whenTheFirstReleaseFails_leavesNothingLive() {
        story.settings.restart = "echo cannot start; exit 3";

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow().getMessage())
                .contains("3 of 3 hosts failed", "exit status 3: cannot start");
        assertThat(report.units())
                .extracting(UnitResult::detail)
                .containsOnly("nothing was live before: 'current' is removed");
        assertThat(story.on(0, "ls " + story.settings.deployTo)).doesNotContain("current");
        assertThat(List.of(story.on(0, "ls -A " + story.settings.deployTo + "/.deployflow")
                        .split("\n")))
                .containsExactly("releases");
    }
}
