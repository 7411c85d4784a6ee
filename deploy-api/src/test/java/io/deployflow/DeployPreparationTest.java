package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.event.DeployEvent;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a deploy does beside reaching its target. */
class DeployPreparationTest extends Deployers {
    @Test
    void deploy_whileTheTargetIsReached_preparesTheBuildAndBuildsOnceThatHasEnded() throws Exception {
        CountDownLatch preflight = new CountDownLatch(1);
        adapter.hooks.put("preflight", preflight::countDown);
        adapter.prepare = () -> {
            await(preflight);
            adapter.calls.add("prepared");
        };

        assertThat(deployer().deploy("staging").outcome()).isEqualTo(Report.Outcome.DEPLOYED);

        assertThat(adapter.calls).startsWith("preflight", "prepared", "build");
    }

    @Test
    void deploy_whenPreparingFails_leavesItToTheBuild() {
        adapter.prepare = () -> {
            throw new BuildException("disk full", "");
        };

        assertThat(deployer().deploy("staging").outcome()).isEqualTo(Report.Outcome.DEPLOYED);
    }

    @Test
    void deploy_whenPreflightFails_waitsUntilNothingIsPreparedAnyMore() {
        CountDownLatch preflight = new CountDownLatch(1);
        adapter.prepare = () -> {
            await(preflight);
            adapter.calls.add("prepared");
        };
        adapter.hooks.put("preflight", () -> {
            preflight.countDown();
            throw new TargetLockedException("staging is locked by bob", "Wait.");
        });

        assertThat(deployer().deploy("staging").outcome()).isEqualTo(Report.Outcome.UNCHANGED);

        assertThat(adapter.calls).containsExactly("preflight", "prepared", "close");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void deploy_whenTheRevisionIsNotThere_doesNotEvenTakeTheLock() {
        Report report = deployer().deploy("staging", DeployOptions.defaults().withRevision("nope"));

        assertThat(adapter.calls).containsExactly("close");
        assertThat(report.failure()).containsInstanceOf(ConfigurationException.class);
    }

    @Test
    void build_whenTheRevisionIsNotThere_buildsNothing() {
        adapter.isOfImages = true;
        DeployOptions options = DeployOptions.defaults().withRevision("nope");

        assertThatThrownBy(() -> deployer().build("staging", options, Optional.empty()))
                .isInstanceOf(ConfigurationException.class);

        assertThat(adapter.calls).containsExactly("close");
    }

    @Test
    void deployPlanAndBuild_whenNotAllIsCommitted_warnOnce() throws IOException {
        String commit = "git init -q . && echo 1 > a && git add . && git commit -qm one && echo 2 > a";
        String warning = "1 uncommitted change is not deployed: HEAD is";
        Map<String, String> author = Map.of(
                "GIT_AUTHOR_NAME", "me",
                "GIT_AUTHOR_EMAIL", "me@example.org",
                "GIT_COMMITTER_NAME", "me",
                "GIT_COMMITTER_EMAIL", "me@example.org");
        assertThat(LocalCommand.shell(commit, source, author).run(line -> {}, CancellationToken.create()))
                .isZero();

        assertThat(deployer().deploy("staging").warnings()).containsExactly(warning);
        adapter.isOfImages = true;
        assertThat(deployer()
                        .build("staging", DeployOptions.defaults(), Optional.empty())
                        .warnings())
                .containsExactly(warning);
        events.clear();
        deployer().plan("staging", DeployOptions.defaults());

        assertThat(events)
                .filteredOn(DeployEvent.Warning.class::isInstance)
                .extracting(event -> ((DeployEvent.Warning) event).message())
                .containsExactly(warning);
    }
}
