package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Release;
import io.deployflow.UnitResult;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.RolloutResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** Rollouts of one image to several services: watched together, and judged as one. */
class SeveralServicesTest {

    @Test
    void rollout_toFiftyServices_makesFewCallsForAllAndSucceeds() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        List<String> names =
                IntStream.range(0, 50).mapToObj(number -> "s" + number).toList();
        sandbox.addServices(names, 1);
        try (Simulation simulation = new Simulation(sandbox, "services: " + names)) {
            RolloutResult result = simulation.rollOut(Script.GOOD);

            assertThat(result.failure()).isEmpty();
            assertThat(result.units()).hasSize(50).allMatch(unit -> unit.state() == UnitResult.State.SWITCHED);
            assertThat(result.units()).anyMatch(unit -> unit.unit().startsWith("s49/"));
            assertThat(simulation.calls.get("DescribeServiceDeployments")).isLessThan(3 * simulation.looks() + 4);
        }
    }

    @Test
    void rollout_toTwoServicesOfWhichOneFails_takesBothBack() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("web", 2);
        sandbox.addService("worker", 1);
        try (Simulation simulation = new Simulation(sandbox, "services: [web, worker]")) {
            EcsRelease good = simulation.release(Script.GOOD);
            assertThat(simulation.rollOut(good).failure()).isEmpty();
            EcsRelease bad = simulation.release(Script.GOOD.exiting(Duration.ofSeconds(1), 1));

            RolloutResult result = simulation.rollOut(bad);
            RolloutResult back = simulation.rollout.rollback(bad, simulation.context());

            assertThat(result.failure()).isPresent();
            assertThat(back.failure()).isEmpty();
            assertThat(back.units()).hasSize(3).allMatch(unit -> unit.detail().matches("(web|worker):2"));
            assertThat(simulation.rollout.live(simulation.context()).map(Release::id))
                    .contains(good.id());
        }
    }

    @Test
    void rollout_toTwoServicesOfWhichOneIsStopped_namesThatOneAndNotTheOneThatStillGoesOn() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addServices(List.of("web", "worker"), 1);
        try (Simulation simulation = new Simulation(sandbox, "services: [web, worker]")) {
            EcsRelease release = simulation.release(
                    Script.GOOD.taking(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(1)));
            simulation.onLook = () -> {
                if (simulation.looks() == 8) {
                    String record = simulation.record("worker").serviceDeploymentArn();
                    simulation
                            .clients
                            .ecs()
                            .stopServiceDeployment(request ->
                                    request.serviceDeploymentArn(record).stopType(StopServiceDeploymentStopType.ABORT));
                }
            };

            assertThat(simulation.rollOut(release).failure().orElseThrow())
                    .hasMessageContaining("to service worker was stopped by somebody");
        }
    }
}
