package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is asked for while tasks start, on the sandbox's scheduler in its own time. */
class ReadAheadTest {
    private static final int KEPT = 2;
    private static final Script SLOW = Script.GOOD.taking(Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO);

    private static SimulatedSandbox sandbox() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("puma", 1);
        return sandbox;
    }

    private static Simulation simulation(SimulatedSandbox sandbox) {
        return new Simulation(sandbox, "keep_releases: " + KEPT);
    }

    private static void deploy(Simulation simulation) {
        EcsRelease release = simulation.release(Script.GOOD);
        assertThat(simulation.rollOut(release).failure()).isEmpty();
        simulation.rollout.cleanup(release, simulation.context());
    }

    @Test
    void cleanup_afterARolloutThatTookItsTime_knowsTheOldReleases() {
        SimulatedSandbox sandbox = sandbox();
        try (Simulation earlier = simulation(sandbox);
                Simulation now = simulation(sandbox)) {
            for (int deploy = 0; deploy <= KEPT; deploy++) {
                deploy(earlier);
            }
            EcsRelease release = earlier.release(SLOW);
            assertThat(now.rollOut(release).failure()).isEmpty();
            now.calls.clear();

            now.rollout.cleanup(release, now.context());

            assertThat(now.calls).containsKey("DeregisterTaskDefinition").doesNotContainKey("DescribeTaskDefinition");
        }
    }

    @Test
    void rollout_whereOldReleasesMayNotBeListed_goesOn() {
        SimulatedSandbox sandbox = sandbox();
        SandboxFaults.deny(sandbox.endpoint(), "ListTaskDefinitions");
        try (Simulation simulation = simulation(sandbox)) {
            assertThat(simulation.rollOut(SLOW).failure()).isEmpty();
            assertThat(simulation.calls).containsEntry("ListTaskDefinitions", 1);
        }
    }
}
