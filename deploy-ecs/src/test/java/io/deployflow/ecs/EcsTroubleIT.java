package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Phase;
import io.deployflow.Report;
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
}
