package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.event.DeployEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeployerTest extends Deployers {
    @Test
    void deploy_whenAllGoesWell_runsThePhasesInOrderAndUnlocks() {
        Report report = deployer().deploy("staging");

        assertThat(adapter.calls)
                .containsExactly("preflight", "build", "push", "rollout 2", "cleanup", "unlock", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        assertThat(report.timeline().rows())
                .extracting(Timeline.Row::phase)
                .containsExactly(Phase.PREFLIGHT, Phase.BUILD, Phase.PUSH, Phase.ROLLOUT, Phase.CLEANUP);
        assertThat(report.release()).map(Release::id).contains("2");
        assertThat(report.release()).map(Release::state).contains(Release.State.LIVE);
        assertThat(report.previous()).map(Release::id).contains("1");
        assertThat(report.previous()).map(Release::state).contains(Release.State.GOOD);
    }

    /** By the clock only of the deploy that was held up least: on a busy machine most can be, anywhere. */
    @Test
    void deploy_always_hasPhasesThatAddUpToItsTime() {
        Duration bit = Duration.ofMillis(300);
        adapter.hooks.put("rollout", FakeAdapter.taking(bit));
        BetweenPhases between = new BetweenPhases();
        Deployer deployer = keep(builder(Optional.empty()).listener(between).build());

        deployer.deploy("staging"); // loads the classes
        List<Timeline> timelines = Stream.generate(
                        () -> deployer.deploy("staging").timeline())
                .limit(5)
                .toList();

        assertThat(timelines).allSatisfy(DeployerTest::assertFollowEachOther);
        assertThat(between.deploys().stream().skip(1))
                .as("work of each deploy that is in no phase")
                .hasSize(timelines.size())
                .allSatisfy(worked -> assertThat(worked).isLessThan(bit.dividedBy(20)));
        assertThat(timelines.stream().map(DeployerTest::unaccounted))
                .as("the share of its time that no phase has")
                .anyMatch(share -> share < 0.01);
    }

    private static void assertFollowEachOther(Timeline timeline) {
        Duration ended = Duration.ZERO;
        for (Timeline.Row row : timeline.rows()) {
            assertThat(row.start()).as("the start of %s", row.phase()).isGreaterThanOrEqualTo(ended);
            ended = row.start().plus(row.took());
        }
        assertThat(timeline.total()).isGreaterThanOrEqualTo(ended);
    }

    private static double unaccounted(Timeline timeline) {
        Duration phases = timeline.rows().stream().map(Timeline.Row::took).reduce(Duration.ZERO, Duration::plus);
        return 1 - (double) phases.toNanos() / timeline.total().toNanos();
    }

    @Test
    void deploy_whenItFails_reportsWhatUnitsDidAllTheSame() {
        adapter.push = context -> context.span("app1", "stage", () -> {
            throw new PushException("disk full", "");
        });

        Timeline timeline = deployer().deploy("staging").timeline();

        assertThat(timeline.lanes()).singleElement().satisfies(lane -> {
            assertThat(lane.unit()).isEqualTo("app1");
            assertThat(lane.spans()).extracting(Lane.Span::name).containsExactly("stage");
            assertThat(lane.spans()).extracting(Lane.Span::end).containsExactly(Lane.End.FAILED);
            assertThat(lane.spans().get(0).start()).isAfterOrEqualTo(timeline.begun());
        });
    }

    @Test
    void past_ofATargetThatKeepsNoTimes_isEmpty() {
        assertThat(deployer().past("staging")).isEmpty();
    }

    @Test
    void deploy_always_tellsStartAndEndOfEveryPhaseOnce() {
        deployer().deploy("staging");

        assertThat(events)
                .filteredOn(event -> event instanceof DeployEvent.PhaseStarted)
                .hasSize(5);
        assertThat(events)
                .filteredOn(event -> event instanceof DeployEvent.PhaseFinished)
                .hasSize(5);
    }

    @Test
    void deploy_whenAListenerThrows_goesOn() {
        Deployer deployer = keep(builder(Optional.empty())
                .listener(event -> {
                    throw new IllegalStateException("listener");
                })
                .build());

        assertThat(deployer.deploy("staging").outcome()).isEqualTo(Report.Outcome.DEPLOYED);
    }

    @Test
    void deploy_whenTheTargetIsNotKnown_namesThoseThatAre() {
        Deployer deployer = deployer();

        assertThatThrownBy(() -> deployer.deploy("stagin"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("there is no target 'stagin'")
                .extracting(thrown -> ((DeployException) thrown).remedy())
                .isEqualTo("The targets are: staging.");
    }

    @Test
    void plan_whenAsked_changesNothing() {
        Plan plan = deployer().plan("staging", DeployOptions.defaults());

        assertThat(adapter.calls).containsExactly("plan", "close");
        assertThat(plan.target()).isEqualTo("staging");
    }

    @Test
    void status_whenAsked_saysWhatIsLive() {
        assertThat(deployer().status("staging").live()).map(Release::id).contains("1");
    }
}
