package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.DeployException;
import io.deployflow.TargetLockedException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.UnitResult;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.RolloutResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Service;

/** What befalls a deploy from outside, on the sandbox's scheduler in its own time: the verdict is right each time. */
class SurviveTest {
    private static final List<String> PASSING = List.of("throttle", "error", "drop", "drop_answer", "delay");

    @ParameterizedTest
    @ValueSource(strings = {"DescribeServices", "DescribeTaskDefinition", "RegisterTaskDefinition"})
    void push_whateverCallFailsForAMoment_registersAllTheSame(String operation) {
        try (Simulation simulation = simulation(1)) {
            for (String kind : PASSING) {
                simulation.fault(operation, kind, 1);
                simulation.release(Script.GOOD);
            }
            EcsRelease release = simulation.release(Script.GOOD);

            assertThat(simulation.rollOut(release).failure()).isEmpty();
            assertThat(service(simulation, "puma").taskDefinition())
                    .isEqualTo(release.lead().arn());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeServices", "DescribeTaskDefinition", "RegisterTaskDefinition"})
    void push_whereTheTokenHasExpiredOrTheCallIsDenied_saysSoAndChangesNothing(String operation) {
        try (Simulation simulation = simulation(1)) {
            String before = service(simulation, "puma").taskDefinition();
            for (String kind : List.of("expired", "denied")) {
                simulation.fault(operation, kind, 1);

                assertThatThrownBy(() -> simulation.release(Script.GOOD))
                        .isInstanceOf(TargetUnreachableException.class)
                        .hasMessageStartingWith("ecs:" + operation + " failed: ");
            }
            assertThat(service(simulation, "puma").taskDefinition()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeServices", "UpdateService"})
    void rollout_whereTheTokenHasExpiredBeforeTheUpdate_changesNothing(String operation) {
        try (Simulation simulation = simulation(1)) {
            EcsRelease release = simulation.release(Script.GOOD);
            String before = service(simulation, "puma").taskDefinition();
            simulation.fault(operation, "expired", 1);

            assertThatThrownBy(() -> simulation.rollOut(release))
                    .isInstanceOf(TargetUnreachableException.class)
                    .extracting(failure -> ((DeployException) failure).remedy())
                    .asString()
                    .contains("Sign in again");
            assertThat(service(simulation, "puma").taskDefinition()).isEqualTo(before);
        }
    }

    @Test
    void rollout_whoseTokenExpiresWhileItIsWatched_isNeverCalledASuccess() {
        try (Simulation simulation = simulation(1)) {
            EcsRelease release = simulation.release(taking(30));
            once(simulation, 4, () -> simulation.fault("*", "expired", 1000));

            assertThatThrownBy(() -> simulation.rollOut(release))
                    .isInstanceOf(TargetUnreachableException.class)
                    .hasMessageContaining("ExpiredToken");
        }
    }

    @Test
    void rollout_whileEveryCallFailsForAMinute_isJudgedAllTheSame() {
        try (Simulation simulation = simulation(1)) {
            EcsRelease release = simulation.release(taking(60));
            once(simulation, 4, () -> simulation.fault("*", "error", 60));

            assertThat(simulation.rollOut(release).failure()).isEmpty();
            assertThat(simulation.events)
                    .filteredOn(DeployEvent.Warning.class::isInstance)
                    .isNotEmpty();
        }
    }

    @Test
    void rollout_ofMoreTasksThanAPageHas_survivesAFaultOnEveryPage() {
        try (Simulation simulation = simulation(120)) {
            EcsRelease release = simulation.release(Script.GOOD);
            for (String kind : List.of("throttle", "error", "drop")) {
                simulation.post("faults", """
                        {"operation":"ListTasks","kind":"%s","skip":1,"count":1}""".formatted(kind));
            }

            RolloutResult result = simulation.rollOut(release);

            assertThat(result.failure()).isEmpty();
            assertThat(result.units()).hasSize(120).allMatch(unit -> unit.state() == UnitResult.State.SWITCHED);
        }
    }

    @Test
    void rollout_whoseServiceIsDeletedUnderIt_failsAndSaysSo() {
        try (Simulation simulation = simulation(1)) {
            EcsRelease release = simulation.release(taking(60));
            once(
                    simulation,
                    4,
                    () -> simulation
                            .clients
                            .ecs()
                            .deleteService(request ->
                                    request.cluster("app-dev").service("puma").force(true)));

            RolloutResult result = simulation.rollOut(release);

            assertThat(result.failure()).isPresent();
        }
    }

    @Test
    void rollout_whoseServiceIsScaledToNothingUnderIt_ends() {
        try (Simulation simulation = simulation(2)) {
            EcsRelease release = simulation.release(taking(20));
            once(
                    simulation,
                    4,
                    () -> simulation
                            .clients
                            .ecs()
                            .updateService(request ->
                                    request.cluster("app-dev").service("puma").desiredCount(0)));

            assertThat(simulation.rollOut(release).failure()).isEmpty();
            assertThat(service(simulation, "puma").desiredCount()).isZero();
        }
    }

    @Test
    void rollout_thatAnAlarmEnds_isRolledBackByItsName() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService(
                "puma",
                1,
                Map.of(
                        "alarms",
                        Map.of("enable", true, "rollback", true, "alarmNames", List.of("errors")),
                        "bakeTimeInMinutes",
                        5));
        try (Simulation simulation = new Simulation(sandbox)) {
            EcsRelease release = simulation.release(taking(20));
            once(simulation, 4, () -> simulation.post("alarms", "{\"name\":\"errors\",\"state\":\"ALARM\"}"));

            assertThat(simulation.rollOut(release).failure())
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("errors");
        }
    }

    @Test
    void rollout_whileAnotherIsInFlight_isRefusedAndChangesNothing() {
        try (Simulation simulation = simulation(1)) {
            EcsRelease release = simulation.release(Script.GOOD);
            String theirs = deployByHand(simulation);

            assertThat(simulation.rollOut(release).failure()).get().isInstanceOf(TargetLockedException.class);
            assertThat(service(simulation, "puma").taskDefinition()).isEqualTo(theirs);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "replace"})
    void rollout_whileAnotherIsInFlight_waitsForItOrReplacesItWhereAskedTo(String policy) {
        SimulatedSandbox sandbox = sandbox(1);
        try (Simulation simulation = new Simulation(sandbox, "in_flight: " + policy)) {
            deployByHand(simulation);
            // Made of what they deploy: a copy of what was there before would undo their change.
            EcsRelease release = simulation.release(Script.GOOD);

            assertThat(simulation.rollOut(release).failure()).isEmpty();

            assertThat(service(simulation, "puma").taskDefinition())
                    .isEqualTo(release.lead().arn());
            assertThat(simulation.record("puma").statusAsString()).isEqualTo("SUCCESSFUL");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void rollout_whoseAnswersHaveAWrongClock_isJudgedAllTheSame(int seconds) {
        SimulatedSandbox sandbox = sandbox(1);
        sandbox.skew(Duration.ofSeconds(seconds));
        try (Simulation simulation = new Simulation(sandbox)) {
            assertThat(simulation.rollOut(Script.GOOD).failure()).isEmpty();
            assertThat(simulation
                            .rollOut(Script.GOOD.exiting(Duration.ofSeconds(1), 1))
                            .failure())
                    .isPresent();
        }
    }

    @Test
    void rollout_ofATagThatWasMovedMeanwhile_deploysTheImageThatWasPushed() {
        try (Simulation simulation = simulation(1)) {
            EcsRelease release = simulation.release(Script.GOOD);
            simulation.sandbox.push("organization/app", "v1", Script.GOOD.exiting(Duration.ofSeconds(1), 1));

            assertThat(simulation.rollOut(release).failure()).isEmpty();
        }
    }

    /** Somebody without deployflow begins a deployment of a release of theirs. */
    private static String deployByHand(Simulation simulation) {
        String image = simulation.sandbox.push("organization/app", "theirs", taking(20));
        var live = simulation
                .clients
                .ecs()
                .describeTaskDefinition(request ->
                        request.taskDefinition(service(simulation, "puma").taskDefinition()))
                .taskDefinition();
        String arn = simulation
                .clients
                .ecs()
                .registerTaskDefinition(TaskDefinitions.asRequest(live, List.of()).toBuilder()
                        .containerDefinitions(live.containerDefinitions().get(0).toBuilder()
                                .image(image)
                                .build())
                        .build())
                .taskDefinition()
                .taskDefinitionArn();
        simulation
                .clients
                .ecs()
                .updateService(
                        request -> request.cluster("app-dev").service("puma").taskDefinition(arn));
        return arn;
    }

    private static Service service(Simulation simulation, String name) {
        return simulation
                .clients
                .ecs()
                .describeServices(request -> request.cluster("app-dev").services(name))
                .services()
                .get(0);
    }

    /** Has something happen at a look. */
    private static void once(Simulation simulation, int look, Runnable event) {
        simulation.onLook = () -> {
            if (simulation.looks() == look) {
                event.run();
            }
        };
    }

    private static Script taking(int seconds) {
        return Script.GOOD.taking(Duration.ofSeconds(seconds), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static Simulation simulation(int desired) {
        return new Simulation(sandbox(desired));
    }

    private static SimulatedSandbox sandbox(int desired) {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("puma", desired);
        return sandbox;
    }
}
