package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Lane;
import io.deployflow.PastRollout;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine whose clock is wrong by more than AWS bears with: what it signs, and what it makes of AWS's times. */
class WrongClockTest {
    private static final Duration LONG = Duration.ofMinutes(4);

    /** One for ECS, one for the calls to ECS that are made once, one for the load balancer. */
    private static final int CLIENTS = 3;

    @ParameterizedTest
    @ValueSource(ints = {-330, 330})
    void rollout_thatIsSignedAtAWrongTime_isJudgedAllTheSameAndItsTimesAreRight(int seconds) throws IOException {
        Duration fast = Duration.ofSeconds(seconds);
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.skew(fast);
        sandbox.addService("puma", 1);
        try (StrictFront front = new StrictFront(sandbox.endpoint(), fast);
                Simulation simulation = new Simulation(sandbox, "endpoint: " + front.url())) {
            Instant begin = sandbox.clock().instant();

            assertThat(simulation.rollOut(Script.GOOD).failure()).isEmpty();
            assertSane(lanes(simulation), begin, sandbox.clock().instant());
            List<PastRollout> past = simulation.rollout.past(simulation.context());
            assertThat(past.get(0).outcome()).isEqualTo(PastRollout.Outcome.DEPLOYED);
            assertThat(past.get(0).timeline().total()).isBetween(Duration.ofSeconds(1), LONG);
            assertThat(simulation
                            .rollOut(Script.GOOD.exiting(Duration.ofSeconds(1), 1))
                            .failure())
                    .isPresent();

            assertThat(front.refused()).as("each client learns it once").isBetween(1, CLIENTS);
            assertThat(front.passed()).isGreaterThan(CLIENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-330, 330})
    void past_ofARolloutThatGoesOn_isWrongByTheClockAtMost(int seconds) {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.skew(Duration.ofSeconds(seconds));
        sandbox.addService("puma", 1);
        try (Simulation simulation = new Simulation(sandbox)) {
            EcsRelease release = simulation.release(
                    Script.GOOD.taking(Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofSeconds(1)));
            simulation
                    .clients
                    .ecs()
                    .updateService(request -> request.cluster("app-dev")
                            .service("puma")
                            .taskDefinition(release.lead().arn()));
            sandbox.advance(Duration.ofSeconds(30));

            PastRollout going = simulation.rollout.past(simulation.context()).get(0);

            assertThat(going.outcome()).isEqualTo(PastRollout.Outcome.GOES_ON);
            assertThat(going.timeline().total()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(30 + 330 + 5));
            assertThat(going.timeline().lanes()).isNotEmpty();
        }
    }

    private static List<Lane> lanes(Simulation simulation) {
        return simulation.events.stream()
                .filter(DeployEvent.LaneChanged.class::isInstance)
                .map(event -> ((DeployEvent.LaneChanged) event).lane())
                .toList();
    }

    private static void assertSane(List<Lane> lanes, Instant begin, Instant end) {
        assertThat(lanes)
                .isNotEmpty()
                .allSatisfy(lane -> assertThat(lane.spans())
                        .allSatisfy(span -> assertThat(span.start()).isBetween(begin.minusSeconds(3), end)));
    }
}
