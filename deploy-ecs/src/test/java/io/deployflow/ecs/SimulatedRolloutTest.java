package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.DeployCancelledException;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.RolloutResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollouts to the sandbox's scheduler in its own time. */
class SimulatedRolloutTest {
    private static final int BESIDE_LOOKS = 6;

    @Test
    void rollout_thatCompletesAtAnyTime_isReportedWithinASecondAndSixCallsBesideTheLooks() {
        List<Duration> late = new ArrayList<>();
        try (Simulation simulation = simulation(Timings.FAST, 2)) {
            for (int ready = 1; ready <= 90; ready += 11) {
                EcsRelease release = simulation.release(taking(ready));
                RolloutResult result = simulation.rollOut(release);

                assertThat(result.failure()).isEmpty();
                assertThat(simulation.allCalls() - simulation.looks() - 1)
                        .as("calls %s, looks %d", simulation.calls, simulation.looks())
                        .isLessThanOrEqualTo(BESIDE_LOOKS);
                late.add(simulation.sinceFinished("puma"));
                simulation.rollout.cleanup(release, simulation.context());
            }
        }
        late.sort(Duration::compareTo);
        assertThat(late.get(late.size() / 2)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(late.get(late.size() - 1)).isLessThanOrEqualTo(Duration.ofMillis(1800));
    }

    @Test
    void rollout_whoseTasksCrash_failsInAThirdOfTheTimeOfTheBreakerWithTheReason() {
        Script crash = Script.GOOD.exiting(Duration.ofSeconds(3), 3).writing("cannot find the table orders");

        assertThat(failure(crash)).contains("exited with 3");
    }

    @Test
    void rollout_whoseImageCannotBePulled_failsInAThirdOfTheTimeOfTheBreakerWithTheReason() {
        Script gone = Script.GOOD.failing("CannotPullContainerError: manifest unknown");

        assertThat(failure(gone)).contains("CannotPullContainerError");
    }

    @Test
    void rollout_whoseHealthCheckFails_failsInAThirdOfTheTimeOfTheBreakerWithTheReason() {
        assertThat(failure(Script.GOOD.answering(500))).contains("health checks", "500");
    }

    /**
     * What is reported of a release; the same release, left to the breaker, takes three times as long at least. Both
     * from its first task: nobody can know anything before.
     */
    private static String failure(Script script) {
        try (Simulation simulation = simulation(Timings.AWS, 1)) {
            EcsRelease release = simulation.release(script);
            Instant begin = simulation.sandbox.clock().instant();
            RolloutResult result = simulation.rollOut(release);
            Instant ours = simulation.sandbox.clock().instant();
            assertThat(simulation.record("puma").statusAsString()).isEqualTo("IN_PROGRESS");

            boolean gaveUp = simulation.sandbox.advanceUntil(
                    Duration.ofHours(1),
                    () -> simulation.record("puma").statusAsString().startsWith("ROLLBACK"));
            Instant breaker = simulation.sandbox.clock().instant();

            assertThat(gaveUp).isTrue();
            Instant first = simulation.firstTask("puma", begin);
            assertThat(Duration.between(first, ours).multipliedBy(3))
                    .as("ours after %s", Duration.between(first, ours))
                    .isLessThanOrEqualTo(Duration.between(first, breaker));
            return String.valueOf(result.failure().orElseThrow().getMessage());
        }
    }

    @Test
    void rollout_ofAHundredTasks_reportsEachOfThem() {
        try (Simulation simulation = simulation(Timings.FAST, 100)) {
            RolloutResult result = simulation.rollOut(Script.GOOD);

            assertThat(result.failure()).isEmpty();
            assertThat(result.units()).hasSize(100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void rollout_onAMachineWhoseClockIsWrong_isJudgedAllTheSame(int seconds) {
        SimulatedSandbox sandbox = sandbox(Timings.FAST, 1);
        Clock wrong = Clock.offset(sandbox.clock(), Duration.ofSeconds(seconds));
        try (Simulation simulation = new Simulation(sandbox, wrong)) {
            assertThat(simulation.rollOut(Script.GOOD).failure()).isEmpty();
            assertThat(simulation
                            .rollOut(Script.GOOD.exiting(Duration.ofSeconds(1), 1))
                            .failure())
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DescribeServices",
                "UpdateService",
                "DescribeServiceDeployments",
                "ListTasks",
                "DescribeTasks",
                "DescribeTargetHealth",
                "TagResource"
            })
    void rollout_whateverCallFailsForAMoment_succeedsAndUpdatesOnce(String operation) {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            for (String kind : List.of("throttle", "error", "drop", "drop_answer", "delay")) {
                EcsRelease release = simulation.release(Script.GOOD);
                simulation.fault(operation, kind, 1);

                assertThat(simulation.rollOut(release).failure()).as(kind).isEmpty();
                simulation.rollout.cleanup(release, simulation.context());
                assertThat(simulation.record("puma").statusAsString()).as(kind).isEqualTo("SUCCESSFUL");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DescribeServiceDeployments", "ListTasks", "DescribeTasks", "DescribeTargetHealth", "TagResource"
            })
    void rollout_whereACallThatItCanDoWithoutIsNotAllowed_isJudgedAllTheSame(String operation) {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            simulation.fault(operation, "denied", 1000);

            assertThat(simulation.rollOut(Script.GOOD).failure()).isEmpty();
            assertThat(simulation
                            .rollOut(Script.GOOD.exiting(Duration.ofSeconds(1), 1))
                            .failure())
                    .isPresent();
        }
    }

    @Test
    void rollout_ofAServiceThatIsScaledMeanwhile_succeedsAndLeavesTheNumberAlone() {
        try (Simulation simulation = simulation(Timings.FAST, 2)) {
            EcsRelease release = simulation.release(taking(10));
            boolean[] scaled = {false};
            simulation.onLook = () -> {
                if (!scaled[0] && simulation.looks() == 4) {
                    scaled[0] = true;
                    simulation
                            .clients
                            .ecs()
                            .updateService(request ->
                                    request.cluster("app-dev").service("puma").desiredCount(4));
                }
            };

            RolloutResult result = simulation.rollOut(release);

            assertThat(scaled[0]).isTrue();
            assertThat(result.failure()).isEmpty();
            assertThat(simulation
                            .clients
                            .ecs()
                            .describeServices(
                                    request -> request.cluster("app-dev").services("puma"))
                            .services()
                            .get(0)
                            .desiredCount())
                    .isEqualTo(4);
        }
    }

    @Test
    void rollout_whileSomebodyElseBeginsAnother_isSuperseded() {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            EcsRelease theirs = simulation.release(Script.GOOD);
            EcsRelease ours = simulation.release(taking(30));
            boolean[] begun = {false};
            simulation.onLook = () -> {
                if (!begun[0] && simulation.looks() == 4) {
                    begun[0] = true;
                    simulation
                            .clients
                            .ecs()
                            .updateService(request -> request.cluster("app-dev")
                                    .service("puma")
                                    .taskDefinition(theirs.lead().arn()));
                }
            };

            assertThat(simulation.rollOut(ours).failure())
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("another took its place");
        }
    }

    @Test
    void rollout_thatIsCancelled_isTakenBackByDefault() {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            EcsRelease release = cancelled(simulation);

            assertThat(simulation
                            .rollout
                            .rollback(release, simulation.context())
                            .failure())
                    .isEmpty();
            assertThat(simulation.record("puma").statusAsString()).startsWith("ROLLBACK");
        }
    }

    @Test
    void rollout_thatIsCancelledWithLeave_goesOnAndSaysSo() {
        try (Simulation simulation = new Simulation(sandbox(Timings.FAST, 1), "on_cancel: leave")) {
            EcsRelease release = cancelled(simulation);

            assertThat(simulation
                            .rollout
                            .rollback(release, simulation.context())
                            .failure())
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("ECS goes on with the rollout of puma:2");
            assertThat(simulation.rollout.takenBack(release)).isEqualTo(release.state());
            assertThat(simulation.sandbox.advanceUntil(
                            Duration.ofMinutes(5),
                            () -> simulation.record("puma").statusAsString().equals("SUCCESSFUL")))
                    .isTrue();
        }
    }

    private static EcsRelease cancelled(Simulation simulation) {
        EcsRelease release = simulation.release(taking(30));
        simulation.onLook = simulation.token::cancel;
        assertThatThrownBy(() -> simulation.rollOut(release)).isInstanceOf(DeployCancelledException.class);
        simulation.onLook = () -> {};
        return release;
    }

    @Test
    void rollout_thatIsTooSlow_isTimedOutAndNamesTheTimeout() {
        SimulatedSandbox sandbox = sandbox(Timings.FAST, 1);
        try (Simulation simulation = new Simulation(sandbox, "timeout: 20s")) {
            assertThat(simulation.rollOut(taking(100)).failure())
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("took longer than 'timeout: 20s'");
        }
    }

    @Test
    void rollout_showsWhatBecomesOfTheTasks() {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            simulation.rollOut(taking(30));

            assertThat(simulation.events)
                    .filteredOn(DeployEvent.UnitChanged.class::isInstance)
                    .extracting(event -> ((DeployEvent.UnitChanged) event).state())
                    .contains("starting", "healthy", "stopped");
        }
    }

    private static Script taking(int seconds) {
        return Script.GOOD.taking(Duration.ofSeconds(seconds), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static Simulation simulation(Timings timings, int desired) {
        return new Simulation(sandbox(timings, desired));
    }

    private static SimulatedSandbox sandbox(Timings timings, int desired) {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(timings).start();
        sandbox.addService("puma", desired);
        return sandbox;
    }
}
