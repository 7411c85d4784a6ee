package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why tasks stop, in ECS's words, and for how long they stay listed. */
class StopTest {

    private static final ServiceRules RULES = RollingDeploymentTest.rules(1, 100, 200);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            absent | TASK_FAILED_TO_START | CannotPullContainerError: manifest unknown
            crash | ESSENTIAL_CONTAINER_EXITED | Essential container in task exited
            sick | SERVICE_SCHEDULER_INITIATED | Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:r:a:targetgroup/puma/1)
            """)
    void task_whenItFails_saysHow(String image, StopCode code, String reason) {
        Simulation service = RollingDeploymentTest.settled(RULES);
        Deployment bad = service.deploy(image);

        service.runUntil(() -> firstOf(service, bad).stop().isPresent());

        assertThat(firstOf(service, bad).stop()).contains(new Stop(code, reason));
    }

    @Test
    void task_whenItsCapacityIsTakenBack_isReplacedAndNotCounted() {
        Simulation service = RollingDeploymentTest.settled(RULES);
        Task victim = service.live().get(0);

        service.scheduler.interrupt(victim, Stop.SPOT, service.now());
        service.runUntil(() -> victim.stopped() && service.healthyTasks() == 1);

        assertThat(victim.stop().orElseThrow().code().apiName()).isEqualTo("SpotInterruption");
        assertThat(service.scheduler.deployments().get(0).failedTasks()).isZero();
    }

    @Test
    void task_whenItIsOver_staysListedForAnHour() {
        Simulation service = RollingDeploymentTest.settled(RULES);
        Task victim = service.live().get(0);
        service.scheduler.stopTask(victim, "", service.now());
        service.runUntil(victim::stopped);

        service.run(3599);
        assertThat(service.scheduler.tasks()).contains(victim);
        service.run(2);
        assertThat(service.scheduler.tasks()).doesNotContain(victim);
    }

    @Test
    void deploy_whenTasksCannotStart_saysOnceWhyInTheEvents() {
        Simulation service = RollingDeploymentTest.settled(RULES);
        service.deploy("absent");

        service.run(600);

        assertThat(service.events())
                .filteredOn(event -> event.contains("unable to place"))
                .containsExactly("(service puma) was unable to place a task. Reason: CannotPullContainerError: manifest"
                        + " unknown.");
        assertThat(service.events())
                .filteredOn("(service puma) is unable to consistently start tasks successfully."::equals)
                .hasSize(1);
    }

    @Test
    void deploy_whenHealthyTasksCrashLater_replacesThemAndCountsNothing() {
        Simulation service = RollingDeploymentTest.settled(RULES);
        Deployment deployment = service.scheduler.deployments().get(0);
        service.crash(service.live().get(0));

        service.runUntil(() -> service.healthyTasks() == 0);
        service.runUntil(() -> service.healthyTasks() == 1);

        assertThat(deployment.state()).isEqualTo(RolloutState.COMPLETED);
        assertThat(deployment.failedTasks()).isZero();
    }

    @Test
    void events_areKeptUpToAHundredTheNewestFirst() {
        Simulation service = RollingDeploymentTest.settled(RULES);
        for (int deploy = 0; deploy < 20; deploy++) {
            service.deploy("good");
            service.runUntil(service::ended);
        }

        assertThat(service.scheduler.events()).hasSize(100);
        assertThat(service.scheduler.events().stream().map(ServiceEvent::createdAt))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    private static Task firstOf(Simulation service, Deployment deployment) {
        service.runUntil(() -> service.scheduler.tasks().stream()
                .anyMatch(task -> task.startedBy().equals(deployment.id())));
        return service.scheduler.tasks().stream()
                .filter(task -> task.startedBy().equals(deployment.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deployment_isPendingUntilTheSchedulerBegins() {
        Simulation service = RollingDeploymentTest.settled(RULES);
        service.deploy("good");

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.PENDING);
        assertThat(service.lastServiceDeployment().startedAt()).isEmpty();
        service.run(6);
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.IN_PROGRESS);
        assertThat(service.lastServiceDeployment().startedAt()).isPresent();
    }

    @Test
    void stopDeployment_isRequestedFirst() {
        Simulation service = RollingDeploymentTest.settled(RULES);
        service.deploy("good");
        service.run(10);

        service.scheduler.stopDeployment(service.lastServiceDeployment(), true, service.now());

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_REQUESTED);
        service.run(6);
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS);
        service.runUntil(service::ended);
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    }

    @Test
    void delete_duringARollout_endsItAndEveryTask() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(3, 100, 200));
        service.deploy("good");
        service.run(20);

        service.scheduler.delete(service.now());

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
        assertThat(service.runUntil(service.scheduler::gone)).isTrue();
    }

    @Test
    void change_duringARollout_scalesAndTheRolloutCompletes() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(2, 100, 200));
        service.deploy("good");
        service.run(20);

        service.scheduler.change(RollingDeploymentTest.rules(5, 100, 200));

        assertThat(service.runUntil(service::ended)).isTrue();
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(service.healthyTasks()).isEqualTo(5);
    }

    @Test
    void grace_whenItIsOver_countsTheChecksThatFailed() {
        Simulation service =
                RollingDeploymentTest.settled(new ServiceRules(1, 100, 200, true, true, Duration.ofMinutes(2)));
        Deployment bad = service.deploy("sick");

        service.run(120);
        assertThat(bad.failedTasks()).isZero();
        service.run(30);
        assertThat(bad.failedTasks()).isEqualTo(1);
    }
}
