package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.Phase;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.RolloutException;
import io.deployflow.Status;
import io.deployflow.UnitResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deploys to a service whose tasks are real containers behind a real load balancer. */
class EcsDeployIT extends ServiceStage {

    @Test
    void deploy_ofAHealthyRelease_servesItAndRecordsIt() {
        Report report = story.write("greeting", "first").deploy().orThrow();

        assertThat(story.served()).startsWith("first ");
        assertThat(report.units()).hasSize(2).allMatch(unit -> unit.state() == UnitResult.State.SWITCHED);
        assertThat(phases(report)).containsSequence(Phase.BUILD, Phase.PUSH, Phase.ROLLOUT);
        assertThat(states()).contains("healthy");
        Status status = look(deployer -> deployer.status("containers"));
        assertThat(status.live().orElseThrow().id())
                .isEqualTo(report.release().orElseThrow().id());
        assertThat(status.live().orElseThrow().createdBy()).isEqualTo("alice@laptop");
        assertThat(status.notices()).isEmpty();
    }

    @Test
    void deploy_ofTheSameSourceAgain_registersAndUpdatesNothing() {
        story.write("greeting", "again").deploy().orThrow();
        story.forgetCalls();

        Report second = story.deploy().orThrow();

        assertThat(second.units()).allMatch(unit -> unit.state() == UnitResult.State.UNCHANGED);
        assertThat(story.calls()).doesNotContain("RegisterTaskDefinition").doesNotContain("UpdateService");
    }

    @Test
    void deploy_whenTheReleaseCrashes_restoresAndShowsItsLastLines() {
        story.write("greeting", "sound").deploy().orThrow();

        Report report = story.write("mode", "crash").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        DeployException failure = report.failure().orElseThrow();
        assertThat(failure)
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("exited with 3")
                .hasMessageContaining("cannot find the table orders");
        assertThat(failure.remedy()).isNotEmpty();
        assertThat(story.served()).startsWith("sound ");
        assertThat(stateOf(report.release().orElseThrow().id())).isEqualTo(Release.State.FAILED);
    }

    @Test
    void deploy_whenTheReleaseIsUnhealthy_restoresAndNamesTheHealthCheck() {
        story.write("greeting", "sound").deploy().orThrow();

        Report report = story.write("mode", "unhealthy").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("health checks")
                .hasMessageContaining("codes: [500]");
        assertThat(story.served()).startsWith("sound ");
    }

    @Test
    void deploy_whenAStepOfTheDockerfileFails_showsTheStepAndTouchesNothing() {
        story.write("Dockerfile", "FROM debian:bookworm-slim\nRUN echo compiling && false\n");
        story.forgetCalls();

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("Step 2/")
                .hasMessageContaining("compiling");
        assertThat(story.calls()).doesNotContain("RegisterTaskDefinition");
    }

    @Test
    void deploy_ofAnUnknownContainer_namesThoseThereAreBeforeItBuilds() {
        story.more = List.of("container: ap");

        Report report = story.deploy();

        assertThat(report.failure().orElseThrow())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no container 'ap'; it has: app");
        assertThat(phases(report)).doesNotContain(Phase.BUILD);
    }

    @Test
    void rollback_goesToTheReleaseBefore() {
        story.write("greeting", "older").deploy().orThrow();
        String older = story.served();
        story.write("greeting", "newer").deploy().orThrow();

        Report report = look(deployer -> deployer.rollback("containers")).orThrow();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        assertThat(story.served()).isEqualTo(older);
    }

    @Test
    void rollback_toAnImageThatIsGone_restoresAndSaysSo() {
        story.write("greeting", "there").deploy().orThrow();
        String gone = service.register("organization/app@sha256:" + "0".repeat(64));

        Report report =
                look(deployer -> deployer.rollback("containers", Optional.of(gone), CancellationToken.create()));

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure().orElseThrow()).hasMessageContaining("CannotPullContainerError");
        assertThat(story.served()).startsWith("there ");
    }
}
