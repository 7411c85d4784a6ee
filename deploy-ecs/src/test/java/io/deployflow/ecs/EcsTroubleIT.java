package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.Phase;
import io.deployflow.Report;
import io.deployflow.Status;
import io.deployflow.TargetLockedException;
import io.deployflow.event.DeployEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deploys to a service while others deploy too, or AWS does not do what it is asked for. */
class EcsTroubleIT extends ServiceStage {

    @Test
    void deploy_whileSomebodyElseDeploys_isRefusedByDefault() {
        story.write("greeting", "mine").deploy().orThrow();
        service.update(service.register(service.liveImage()));

        Report report = story.write("greeting", "late").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(TargetLockedException.class)
                .hasMessageContaining("by somebody without deployflow");

        story.more = List.of("container: app", "timeout: 2m", "in_flight: wait");
        story.deploy().orThrow();
        assertThat(story.served()).startsWith("late ");
    }

    @Test
    void deploy_afterAKilledDeploy_waitsForWhatItLeftAndSucceeds() {
        Report first = story.write("greeting", "one").deploy().orThrow();
        story.write("greeting", "two").deploy().orThrow();
        service.update(first.release().orElseThrow().id());

        Status meanwhile = look(deployer -> deployer.status("containers"));
        story.write("greeting", "three").deploy().orThrow();

        assertThat(meanwhile.notices()).anyMatch(notice -> notice.contains("in flight"));
        assertThat(story.served()).startsWith("three ");
    }

    @Test
    void status_afterADeployThatEndedBetweenPushAndRollout_namesWhatWasLeft() {
        story.write("greeting", "live").deploy().orThrow();
        story.fault("UpdateService", "denied", 1);
        Report report = story.write("greeting", "left").deploy();

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(look(deployer -> deployer.status("containers")).notices())
                .anyMatch(notice -> notice.contains("never rolled out"));
        story.deploy().orThrow();
        assertThat(story.served()).startsWith("left ");
    }

    @Test
    void deploy_whereServiceDeploymentsMayNotBeRead_judgesByTheServicesOwn() {
        story.fault("ListServiceDeployments", "denied", 1000);

        story.write("greeting", "narrow").deploy().orThrow();
        Report broken = story.write("mode", "crash").deploy();

        assertThat(broken.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(story.served()).startsWith("narrow ");
    }

    @Test
    void deploy_whileAwsThrottles_goesOn() {
        story.onEvent = event -> {
            if (event instanceof DeployEvent.PhaseStarted started && started.phase() == Phase.ROLLOUT) {
                story.fault("DescribeServices", "throttle", 2);
            }
        };

        story.write("greeting", "patient").deploy().orThrow();

        assertThat(story.served()).startsWith("patient ");
    }

    @Test
    void deploy_whenCancelledDuringTheRollout_restores() {
        story.write("greeting", "stays").deploy().orThrow();
        CancellationToken token = CancellationToken.create();
        story.onEvent = event -> {
            if (event instanceof DeployEvent.Progress progress && progress.phase() == Phase.ROLLOUT) {
                token.cancel();
            }
        };

        Report report = story.write("greeting", "goes").deploy(token);

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.failure().orElseThrow()).isInstanceOf(DeployCancelledException.class);
        assertThat(story.served()).startsWith("stays ");
    }

    @Test
    void deploy_toAServiceOfNoTasks_setsTheReleaseAndSaysThatNothingShowsIt() {
        story.write("greeting", "awake").deploy().orThrow();
        service.scale(0);
        try {
            Report report = story.write("greeting", "asleep").deploy().orThrow();

            assertThat(report.warnings()).anyMatch(warning -> warning.contains("0 tasks"));
            assertThat(TaskDefinitions.id(service.live()))
                    .isEqualTo(report.release().orElseThrow().id());
        } finally {
            service.scale(2);
        }
    }

    @Test
    void deploy_whenTheAnswerToTheUpdateIsLost_rollsOutOnce() {
        story.write("greeting", "known").deploy().orThrow();
        story.fault("UpdateService", "drop_answer", 1);

        story.write("greeting", "lost").deploy().orThrow();

        assertThat(story.served()).startsWith("lost ");
    }
}
