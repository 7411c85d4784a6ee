package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitBreakerTest {

    private static final ServiceRules WITH_ROLLBACK = new ServiceRules(2, 100, 200, true, true, Duration.ZERO);
    private static final ServiceRules WITHOUT_ROLLBACK = new ServiceRules(2, 100, 200, true, false, Duration.ZERO);

    @ParameterizedTest
    @CsvSource({"1,3", "5,3", "6,3", "7,4", "25,13", "400,200", "1000,200"})
    void breakerThreshold_isHalfOfTheDesiredCountWithinBounds(int desired, int threshold) {
        assertThat(new ServiceRules(desired, 100, 200, true, true, Duration.ZERO).breakerThreshold())
                .isEqualTo(threshold);
    }

    @ParameterizedTest
    @CsvSource({
        "COUNT, 5, 800, 5",
        "COUNT, 0, 8, 1",
        "UNBOUNDED_PERCENT, 50, 800, 400",
        "UNBOUNDED_PERCENT, 50, 1, 1",
        "BOUNDED_PERCENT, 10, 100, 10",
        "BOUNDED_PERCENT, 10, 10, 3"
    })
    void breakerThreshold_canBeConfigured(BreakerRules.Type type, int value, int desired, int threshold) {
        assertThat(new BreakerRules(true, true, true, type, value).threshold(desired))
                .isEqualTo(threshold);
    }

    @Test
    void deploy_whenATaskBecomesHealthy_startsToCountAnew() {
        Simulation service = RollingDeploymentTest.settled(WITH_ROLLBACK);
        Deployment flaky = service.deploy("good");
        service.runUntil(() -> !service.scheduler.live(flaky).isEmpty());
        service.scheduler.live(flaky).forEach(service::crashWhenStarted);
        service.runUntil(() -> flaky.failedTasks() == 2);

        assertThat(service.runUntil(service::ended)).isTrue();

        assertThat(flaky.failedTasks()).isZero();
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    }

    @Test
    void deploy_whenTheCountIsNotReset_keepsIt() {
        BreakerRules keeping = new BreakerRules(true, true, false, BreakerRules.Type.COUNT, 3);
        ServiceRules rules = new ServiceRules(2, 100, 200, keeping, AlarmRules.NONE, Duration.ZERO, Duration.ZERO);
        Simulation service = RollingDeploymentTest.settled(rules);
        Deployment flaky = service.deploy("good");
        service.runUntil(() -> !service.scheduler.live(flaky).isEmpty());
        service.scheduler.live(flaky).forEach(service::crashWhenStarted);

        service.runUntil(service::ended);

        assertThat(flaky.failedTasks()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sick", "crash", "absent"})
    void deploy_whenTasksKeepFailing_rollsBackToTheLastCompletedDeployment(String image) {
        Simulation service = RollingDeploymentTest.settled(WITH_ROLLBACK);
        Deployment good = service.scheduler.deployments().get(0);
        Deployment bad = service.deploy(image);

        boolean[] tooFew = new boolean[1];
        service.runUntil(() -> {
            tooFew[0] |= service.healthyTasks() < 2;
            return service.ended();
        });

        assertThat(tooFew[0]).as("fewer than two healthy tasks at some time").isFalse();
        assertThat(bad.state()).isEqualTo(RolloutState.FAILED);
        assertThat(bad.reason()).isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
        assertThat(service.scheduler.deployments()).containsExactly(good);
        assertThat(good.state()).isEqualTo(RolloutState.COMPLETED);
        ServiceDeployment result = service.lastServiceDeployment();
        assertThat(result.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(result.breaker()).isEqualTo(BreakerStatus.TRIGGERED);
        assertThat(result.failureCount()).isGreaterThanOrEqualTo(3);
        assertThat(service.events())
                .containsSubsequence(
                        "(service puma) (deployment %s) deployment failed: tasks failed to start.".formatted(bad.id()),
                        "(service puma) rolling back to deployment %s.".formatted(good.id()),
                        "(service puma) (deployment %s) deployment completed.".formatted(good.id()),
                        "(service puma) has reached a steady state.");
    }

    @Test
    void deploy_whileRollingBack_saysSoInTheReason() {
        Simulation service = RollingDeploymentTest.settled(WITH_ROLLBACK);
        Deployment good = service.scheduler.deployments().get(0);
        service.deploy("absent");

        service.runUntil(() -> good.state() == RolloutState.IN_PROGRESS);

        assertThat(good.reason())
                .isEqualTo("ECS deployment circuit breaker: rolling back to deploymentId %s.".formatted(good.id()));
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS);
    }

    @Test
    void deploy_whenFailingWithoutRollback_startsNothingMoreAndKeepsTheOldTasks() {
        Simulation service = RollingDeploymentTest.settled(WITHOUT_ROLLBACK);
        Deployment bad = service.deploy("sick");
        service.runUntil(service::ended);
        int known = service.scheduler.tasks().size();

        service.run(300);

        assertThat(bad.state()).isEqualTo(RolloutState.FAILED);
        assertThat(service.scheduler.tasks()).hasSize(known);
        assertThat(service.healthyTasks()).isEqualTo(2);
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
    }

    @Test
    void deploy_whenTheFirstOneFails_hasNothingToGoBackTo() {
        Simulation service = new Simulation(WITH_ROLLBACK, true, 1);
        Deployment bad = service.deploy("crash");

        assertThat(service.runUntil(service::ended)).isTrue();

        assertThat(bad.state()).isEqualTo(RolloutState.FAILED);
        assertThat(service.scheduler.deployments()).containsExactly(bad);
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_FAILED);
        assertThat(service.lastServiceDeployment().reason())
                .isEqualTo("No rollback candidate was found to run the rollback.");
        int known = service.scheduler.tasks().size();
        service.run(300);
        assertThat(service.scheduler.tasks()).hasSize(known);
    }

    @Test
    void deploy_whenTheBreakerIsOff_triesForeverButLessAndLessOften() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(1, 100, 200));
        Deployment bad = service.deploy("crash");

        service.run(1800);

        assertThat(bad.state()).isEqualTo(RolloutState.IN_PROGRESS);
        assertThat(service.events()).contains("(service puma) is unable to consistently start tasks successfully.");
        assertThat(bad.failedTasks()).isBetween(4, 12);
        assertThat(service.healthyTasks()).isEqualTo(1);
    }

    @Test
    void deploy_whenTheGracePeriodLasts_forgivesFailedChecks() {
        ServiceRules rules = new ServiceRules(1, 100, 200, true, true, Duration.ofMinutes(10));
        Simulation service = RollingDeploymentTest.settled(rules);
        Deployment bad = service.deploy("sick");

        service.run(500);

        assertThat(bad.state()).isEqualTo(RolloutState.IN_PROGRESS);
        assertThat(bad.failedTasks()).isZero();
    }

    @Test
    void stopDeployment_withRollback_goesBack() {
        Simulation service = RollingDeploymentTest.settled(WITH_ROLLBACK);
        Deployment good = service.scheduler.deployments().get(0);
        service.deploy("good");
        service.run(15);

        service.scheduler.stopDeployment(service.lastServiceDeployment(), true, service.now());

        assertThat(service.runUntil(service::ended)).isTrue();
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(service.scheduler.deployments()).containsExactly(good);
    }

    @Test
    void stopDeployment_withAbort_leavesEverythingWhereItIs() {
        Simulation service = RollingDeploymentTest.settled(WITH_ROLLBACK);
        service.deploy("good");
        service.run(15);

        service.scheduler.stopDeployment(service.lastServiceDeployment(), false, service.now());

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.STOP_REQUESTED);
        service.run(60);
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
        assertThat(service.healthyTasks()).isGreaterThanOrEqualTo(2);
    }
}
