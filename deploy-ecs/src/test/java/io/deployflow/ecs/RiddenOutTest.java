package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What AWS does to the calls of a whole rollout, and to one that would be carried out twice. */
class RiddenOutTest {
    @Test
    void rollout_toFiftyServices_whileEveryTenthReplyIsThrottled_isJudgedAllTheSame() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        List<String> names =
                IntStream.range(0, 50).mapToObj(number -> "s" + number).toList();
        sandbox.addServices(names, 1);
        try (Simulation simulation = new Simulation(sandbox, "services: " + names)) {
            simulation.post("faults", """
                    {"operation":"*","kind":"throttle","every":10,"count":100000}""");

            RolloutResult result = simulation.rollOut(Script.GOOD);

            assertThat(result.failure()).isEmpty();
            assertThat(result.units()).hasSize(50).allMatch(unit -> unit.state() == UnitResult.State.SWITCHED);
            assertThat(simulation.events)
                    .as("nobody is told of what is ridden out")
                    .noneMatch(DeployEvent.Warning.class::isInstance);
        }
    }

    @Test
    void rollout_ofAReleaseThatEcsGaveUp_whoseAnswerIsLost_beginsOneDeployment() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("puma", 1, Map.of("deploymentCircuitBreaker", Map.of("enable", true, "rollback", false)));
        try (Simulation simulation = new Simulation(sandbox)) {
            EcsRelease release = simulation.release(Script.GOOD.exiting(Duration.ofSeconds(1), 1));
            assertThat(simulation.rollOut(release).failure()).isPresent();
            assertThat(sandbox.advanceUntil(
                            Duration.ofMinutes(30),
                            () -> simulation.record("puma").finishedAt() != null))
                    .as("the circuit breaker gives it up")
                    .isTrue();
            sandbox.behave(simulation.image(release), Script.GOOD);
            simulation.fault("UpdateService", "drop_answer", 1);

            assertThat(simulation.rollOut(release).failure()).isEmpty();

            assertThat(ServiceDeployments.newest(simulation.clients.ecs(), "app-dev", "puma", 10))
                    .as("the first, the one that was given up, and one more")
                    .hasSize(3);
        }
    }
}
