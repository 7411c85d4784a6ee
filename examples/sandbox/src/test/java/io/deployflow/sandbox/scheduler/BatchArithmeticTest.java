package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many tasks a deployment stops and starts at once: the examples of AWS's documentation. */
class BatchArithmeticTest {

    @ParameterizedTest
    @CsvSource({
        "4, 50, 200, 2, 8",
        "2, 75, 200, 2, 4",
        "3, 100, 125, 3, 3",
        "4, 100, 200, 4, 8",
        "1, 100, 200, 1, 2",
        "1, 50, 100, 1, 1",
        "5, 50, 150, 3, 7",
        "10, 90, 110, 9, 11",
        "3, 0, 100, 0, 3",
        "0, 100, 200, 0, 0"
    })
    void floorRoundsUpAndCeilingRoundsDown(int desired, int minimum, int maximum, int floor, int ceiling) {
        ServiceRules rules = new ServiceRules(desired, minimum, maximum, false, false, Duration.ZERO);

        assertThat(rules.floor()).isEqualTo(floor);
        assertThat(rules.ceiling()).isEqualTo(ceiling);
    }

    @ParameterizedTest
    @CsvSource({
        // desired, minimum, maximum: old tasks stopped first, fewest tasks that serve, most tasks at all
        "4, 50, 100, 2, 2, 4",
        "4, 50, 200, 2, 2, 6",
        "2, 75, 200, 0, 2, 4",
        "4, 100, 125, 0, 4, 5",
        "4, 75, 100, 1, 3, 4",
        "3, 0, 100, 3, 0, 3",
        "5, 60, 140, 2, 3, 7",
    })
    void deploy_goesByBatchesOfThatSize(int desired, int minimum, int maximum, int first, int fewest, int most) {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(desired, minimum, maximum));
        Deployment old = service.scheduler.deployments().get(0);
        service.deploy("good");
        service.run(6);
        int stoppedFirst = desired - service.scheduler.live(old).size();

        int[] seen = {desired, desired};
        service.runUntil(() -> {
            seen[0] = Math.min(seen[0], (int) service.healthyTasks());
            seen[1] = Math.max(seen[1], service.live().size());
            return service.ended();
        });

        assertThat(stoppedFirst).isEqualTo(first);
        assertThat(seen).containsExactly(fewest, most);
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    }

    @Test
    void deploy_whenNothingMayBeStoppedOrStarted_saysItOnceAndNeverEnds() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(3, 100, 125));
        Deployment stuck = service.deploy("good");

        service.run(3600);

        assertThat(stuck.state()).isEqualTo(RolloutState.IN_PROGRESS);
        assertThat(service.events())
                .filteredOn(event -> event.contains("was unable to stop or start tasks during a deployment"))
                .hasSize(1);
    }

    @Test
    void deploy_whenTheRulesAreMendedMeanwhile_goesOn() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(3, 100, 125));
        service.deploy("good");
        service.run(60);

        service.scheduler.change(RollingDeploymentTest.rules(3, 100, 200));

        assertThat(service.runUntil(service::ended)).isTrue();
    }
}
