package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deployment alarms and bake time. */
class AlarmTest {

    @Test
    void deploy_whenAnAlarmRings_failsAndRollsBack() {
        Simulation service = RollingDeploymentTest.settled(rules(true, Duration.ZERO));
        Deployment good = service.scheduler.deployments().get(0);
        Deployment bad = service.deploy("good");
        service.run(15);

        service.ringing.add("errors");
        service.runUntil(service::ended);

        ServiceDeployment result = service.lastServiceDeployment();
        assertThat(bad.state()).isEqualTo(RolloutState.FAILED);
        assertThat(result.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(result.alarm()).contains("errors");
        assertThat(result.breaker()).isEqualTo(BreakerStatus.DISABLED);
        assertThat(service.scheduler.deployments()).containsExactly(good);
        assertThat(service.events())
                .containsSubsequence(
                        "(service puma) (deployment %s) deployment failed: alarm detected.".formatted(bad.id()),
                        "(service puma) rolling back to deployment %s.".formatted(good.id()));
    }

    @Test
    void deploy_whenAnAlarmRingsAndRollbackIsOff_stops() {
        Simulation service = RollingDeploymentTest.settled(rules(false, Duration.ZERO));
        service.deploy("good");
        service.run(15);

        service.ringing.add("errors");
        service.run(6);

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
    }

    @Test
    void deploy_whileAnAlarmRingsAlready_isNotWatched() {
        Simulation service = RollingDeploymentTest.settled(rules(true, Duration.ZERO));
        service.ringing.add("errors");
        service.deploy("good");

        service.runUntil(service::ended);

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    }

    @Test
    void deploy_withAlarms_bakesForTheirPeriodAtLeast() {
        assertThat(bakedFor(rules(true, Duration.ZERO))).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    }

    @Test
    void deploy_withABakeTime_isCompleteAfterIt() {
        assertThat(bakedFor(rules(true, Duration.ofMinutes(5))))
                .isBetween(Duration.ofSeconds(300), Duration.ofSeconds(306));
    }

    @Test
    void deploy_whenAnAlarmRingsInTheBakeTime_failsAfterTheOldTasksAreGone() {
        Simulation service = RollingDeploymentTest.settled(rules(true, Duration.ofMinutes(5)));
        Deployment bad = service.deploy("good");
        service.runUntil(bad::baking);

        service.ringing.add("errors");
        service.runUntil(service::ended);

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(service.healthyTasks()).isEqualTo(2);
    }

    private static Duration bakedFor(ServiceRules rules) {
        Simulation service = RollingDeploymentTest.settled(rules);
        Deployment deployment = service.deploy("good");
        service.runUntil(deployment::baking);
        var since = service.now();
        service.runUntil(service::ended);
        return Duration.between(since, service.now());
    }

    private static ServiceRules rules(boolean rollback, Duration bake) {
        AlarmRules alarms = new AlarmRules(List.of("errors", "latency"), true, rollback);
        return new ServiceRules(2, 100, 200, BreakerRules.OFF, alarms, bake, Duration.ZERO);
    }
}
