package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.DeployException;
import io.deployflow.NotRestoredException;
import io.deployflow.Status;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.RolloutResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** What becomes of the service, or of the room for it, while it is deployed to: the words, and what to do. */
class ServiceChangedTest {
    private static final Script SLOW =
            Script.GOOD.taking(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(1));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rollout_whoseServiceIsDeleted_endsAtOnceAndSaysSo(boolean withRecords) {
        try (Simulation simulation = simulation(Timings.AWS, 1)) {
            EcsRelease release = simulation.release(SLOW);
            if (!withRecords) {
                simulation.fault("DescribeServiceDeployments", "denied", 1000);
                simulation.fault("ListServiceDeployments", "denied", 1000);
            }
            Instant[] deleted = {Instant.MAX};
            at(simulation, 12, () -> {
                deleted[0] = simulation.sandbox.clock().instant();
                delete(simulation);
            });

            DeployException failure = simulation.rollOut(release).failure().orElseThrow();

            assertThat(failure)
                    .hasMessageMatching("the rollout of puma:2 to service puma ended with the service, which somebody"
                            + " deleted: it is (DRAINING|INACTIVE)(?s:.*)");
            assertThat(failure.remedy()).isEqualTo("Ask who deleted it; create it anew before the next deploy.");
            assertThat(deleted[0].plusSeconds(6))
                    .isAfter(simulation.sandbox.clock().instant());

            Status status = simulation.rollout.current(simulation.context());

            assertThat(status.live()).isEmpty();
            assertThat(status.whole()).isFalse();
            assertThat(status.notices())
                    .first()
                    .asString()
                    .matches("the service has been deleted: it is (DRAINING|INACTIVE)");

            RolloutResult back = simulation.rollout.rollback(release, simulation.context());

            assertThat(back.failure().orElseThrow())
                    .isInstanceOf(NotRestoredException.class)
                    .hasMessageMatching("service puma was deleted, it is (DRAINING|INACTIVE): nothing can be put back")
                    .extracting(DeployException::remedy)
                    .isEqualTo("Create it anew with puma:1, which served before.");
        }
    }

    @Test
    void rollout_ofAServiceThatIsInactiveBeforeItsRecordWasSeen_endsAtOnce() {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            EcsRelease release = simulation.release(SLOW);
            at(simulation, 1, () -> {
                delete(simulation);
                simulation.sandbox.advanceUntil(
                        Duration.ofMinutes(5),
                        () -> "INACTIVE"
                                .equals(simulation.gateway.service("puma").status()));
            });

            assertThat(simulation.rollOut(release).failure().orElseThrow())
                    .hasMessageContaining("which somebody deleted: it is INACTIVE");
            assertThat(simulation.looks()).isLessThan(10);
        }
    }

    @Test
    void rollout_whoseServiceIsScaledToNothingAndUpAgain_succeedsWithWhatIsWantedInTheEnd() {
        try (Simulation simulation = simulation(Timings.FAST, 2)) {
            EcsRelease release = simulation.release(SLOW);
            simulation.onLook = () -> {
                if (simulation.looks() == 6) {
                    scale(simulation, 0);
                } else if (simulation.looks() == 7) {
                    scale(simulation, 3);
                }
            };

            RolloutResult result = simulation.rollOut(release);

            assertThat(result.failure()).isEmpty();
            assertThat(simulation.gateway.service("puma").desiredCount()).isEqualTo(3);
            assertThat(simulation.gateway.tasks().of("puma", DesiredStatus.RUNNING))
                    .hasSize(3)
                    .extracting(Task::taskDefinitionArn)
                    .containsOnly(release.lead().arn());
        }
    }

    @Test
    void rollout_thatSomebodyStops_saysSo() {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            EcsRelease release = simulation.release(SLOW);
            at(
                    simulation,
                    8,
                    () -> simulation
                            .clients
                            .ecs()
                            .stopServiceDeployment(request -> request.serviceDeploymentArn(
                                            simulation.record("puma").serviceDeploymentArn())
                                    .stopType(StopServiceDeploymentStopType.ABORT)));

            DeployException failure = simulation.rollOut(release).failure().orElseThrow();

            assertThat(failure)
                    .hasMessageStartingWith("the rollout of puma:2 to service puma was stopped by somebody: ");
            assertThat(failure.remedy()).isEqualTo("Ask who stopped it, then deploy again.");
        }
    }

    @Test
    void rollout_thatTakesLongerThanItMay_saysWhichStepWasSlow() {
        try (Simulation simulation = new Simulation(sandbox(Timings.FAST, 1), "timeout: 30s")) {
            DeployException failure = simulation.rollOut(SLOW).failure().orElseThrow();

            assertThat(failure)
                    .hasMessageStartingWith("the rollout of puma:2 to service puma took longer than 'timeout: 30s': ")
                    .hasMessageContaining("pull");
        }
    }

    @Test
    void rollout_forWhichThereIsNoRoom_stallsAfterThreeMinutesWithWhatToDo() {
        try (Simulation simulation = simulation(Timings.AWS, 2)) {
            EcsRelease release = simulation.release(Script.GOOD);
            full(simulation);
            Instant begin = simulation.sandbox.clock().instant();

            DeployException failure = simulation.rollOut(release).failure().orElseThrow();

            assertThat(Duration.between(begin, simulation.sandbox.clock().instant()))
                    .isBetween(Duration.ofMinutes(3), Duration.ofSeconds(190));
            assertThat(failure)
                    .hasMessageStartingWith("the rollout of puma:2 to service puma stalled, ECS can do nothing more for"
                            + " it: (service puma) was unable to place a task");
            assertThat(failure.remedy())
                    .isEqualTo("The cluster has no room for one more task: add capacity, ask for less cpu or memory, or"
                            + " lower minimumHealthyPercent so that an old task may be stopped first.");
            assertThat(simulation.events)
                    .filteredOn(DeployEvent.Warning.class::isInstance)
                    .singleElement()
                    .satisfies(warning -> assertThat(((DeployEvent.Warning) warning).message())
                            .contains("was unable to place a task"));
            assertThat(simulation
                            .rollout
                            .rollback(release, simulation.context())
                            .failure())
                    .isEmpty();
        }
    }

    @Test
    void rollout_forWhichThereIsRoomAfterTwoMinutes_succeeds() {
        try (Simulation simulation = simulation(Timings.AWS, 2)) {
            EcsRelease release = simulation.release(Script.GOOD);
            full(simulation);
            Instant later = simulation.sandbox.clock().instant().plusSeconds(120);
            boolean[] grown = {false};
            simulation.onLook = () -> {
                if (!grown[0] && simulation.sandbox.clock().instant().isAfter(later)) {
                    grown[0] = true;
                    simulation.post("capacity", "{\"cluster\":\"app-dev\"}");
                }
            };

            assertThat(simulation.rollOut(release).failure()).isEmpty();
            assertThat(grown[0]).isTrue();
        }
    }

    /** It has the room until its connections are drained: longer than room is waited for where nothing moves. */
    @Test
    void rollout_whoseRoomAnOldTaskIsStillLeaving_isWaitedFor() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.AWS).start();
        sandbox.addService("puma", 1, Map.of("minimumHealthyPercent", 0, "maximumPercent", 100));
        try (Simulation simulation = new Simulation(sandbox)) {
            EcsRelease release = simulation.release(Script.GOOD);
            String group =
                    simulation.gateway.service("puma").loadBalancers().get(0).targetGroupArn();
            simulation
                    .clients
                    .balancers()
                    .modifyTargetGroupAttributes(request -> request.targetGroupArn(group)
                            .attributes(TargetGroupAttribute.builder()
                                    .key("deregistration_delay.timeout_seconds")
                                    .value("300")
                                    .build()));
            simulation.post("capacity", "{\"cluster\":\"app-dev\",\"cpu\":256,\"memory\":256}");
            Instant begin = simulation.sandbox.clock().instant();

            assertThat(simulation.rollOut(release).failure()).isEmpty();

            assertThat(Duration.between(begin, simulation.sandbox.clock().instant()))
                    .isGreaterThan(Duration.ofMinutes(5));
        }
    }

    /** The two tasks that run need all there is. */
    private static void full(Simulation simulation) {
        simulation.post("capacity", "{\"cluster\":\"app-dev\",\"cpu\":512,\"memory\":512}");
    }

    /** Containers may log to another region than that of the service. */
    @Test
    void logs_thatGoToAnotherRegion_areReadThere() {
        try (Simulation simulation = simulation(Timings.FAST, 1)) {
            EcsRelease release = simulation.changed(
                    simulation.release(Script.GOOD.exiting(Duration.ofSeconds(1), 3)),
                    next -> next.containerDefinitions(next.build().containerDefinitions().get(0).toBuilder()
                            .logConfiguration(logs -> logs.logDriver("awslogs")
                                    .options(Map.of(
                                            "awslogs-group", "/ecs/puma",
                                            "awslogs-region", "us-east-1",
                                            "awslogs-stream-prefix", "ecs")))
                            .build()));
            simulation.regions.clear();

            assertThat(simulation.rollOut(release).failure()).isPresent();

            assertThat(simulation.regions.get("GetLogEvents")).isEqualTo("us-east-1");
            assertThat(simulation.regions.get("DescribeServices")).isEqualTo(simulation.sandbox.region());
        }
    }

    private static void delete(Simulation simulation) {
        simulation
                .clients
                .ecs()
                .deleteService(
                        request -> request.cluster("app-dev").service("puma").force(true));
    }

    private static void scale(Simulation simulation, int desired) {
        simulation
                .clients
                .ecs()
                .updateService(
                        request -> request.cluster("app-dev").service("puma").desiredCount(desired));
    }

    private static void at(Simulation simulation, int look, Runnable event) {
        simulation.onLook = () -> {
            if (simulation.looks() == look) {
                event.run();
            }
        };
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
