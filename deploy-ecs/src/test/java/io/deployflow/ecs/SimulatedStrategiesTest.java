package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollouts of services whose owner chose that traffic is shifted. */
class SimulatedStrategiesTest {
    private static final String HOOK = "arn:aws:lambda:eu-west-1:123456789012:function:smoke-test";

    @ParameterizedTest
    @ValueSource(strings = {"BLUE_GREEN", "LINEAR", "CANARY"})
    void rollout_ofAServiceThatShiftsTraffic_showsItsStagesAndSucceeds(String strategy) {
        try (Simulation simulation = simulation(Map.of("strategy", strategy))) {
            assertThat(simulation.rollOut(Script.GOOD).failure()).isEmpty();

            assertThat(simulation.record("puma").statusAsString()).isEqualTo("SUCCESSFUL");
            assertThat(lines(simulation))
                    .anyMatch(line -> line.contains("SCALE_UP"))
                    .anyMatch(line -> line.contains("PRODUCTION_TRAFFIC_SHIFT"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLUE_GREEN", "LINEAR", "CANARY"})
    void rollout_whoseTasksCrashBeforeTrafficIsShifted_failsWithTheReason(String strategy) {
        try (Simulation simulation = simulation(Map.of("strategy", strategy))) {
            EcsRelease release = simulation.release(Script.GOOD.exiting(Duration.ofSeconds(1), 3));

            assertThat(simulation.rollOut(release).failure())
                    .get()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("exited with 3");
            assertThat(simulation
                            .rollout
                            .rollback(release, simulation.context())
                            .failure())
                    .isEmpty();
        }
    }

    @Test
    void rollout_thatAHookHolds_namesTheHook() {
        Map<String, Object> hook = Map.of(
                "hookTargetArn", HOOK, "roleArn", "arn:r", "lifecycleStages", List.of("POST_TEST_TRAFFIC_SHIFT"));
        try (Simulation simulation =
                simulation(Map.of("strategy", "BLUE_GREEN", "lifecycleHooks", List.of(hook)), "timeout: 5m")) {
            simulation.post("hooks", "{\"hookTargetArn\":\"%s\",\"hookStatus\":\"IN_PROGRESS\"}".formatted(HOOK));

            assertThat(simulation.rollOut(Script.GOOD).failure()).isPresent();

            assertThat(simulation.events)
                    .filteredOn(DeployEvent.Warning.class::isInstance)
                    .extracting(event -> ((DeployEvent.Warning) event).message())
                    .anyMatch(message ->
                            message.contains("paused in stage POST_TEST_TRAFFIC_SHIFT until the hook smoke-test"));
        }
    }

    private static List<String> lines(Simulation simulation) {
        return simulation.events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

    private static Simulation simulation(Map<String, ?> deployment, String... keys) {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("puma", 2, deployment);
        return new Simulation(sandbox, keys);
    }
}
