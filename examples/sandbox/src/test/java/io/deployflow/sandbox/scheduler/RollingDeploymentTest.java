package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingDeploymentTest {

    @Test
    void deploy_whenTasksBecomeHealthy_tellsTheStoryInEcsOrder() {
        Simulation service = settled(rules(1, 100, 200));
        int before = service.events().size();
        Deployment deployment = service.deploy("good");

        assertThat(service.runUntil(service::ended)).isTrue();

        String old = service.scheduler.history().get(0).target().id();
        assertThat(service.events().subList(before, service.events().size()))
                .containsExactly(
                        "(service puma) has started 1 tasks: (task T).",
                        "(service puma) registered 1 targets in (target-group %s)".formatted(Simulation.GROUP),
                        "(service puma) has stopped 1 running tasks: (task T).",
                        "(service puma) deregistered 1 targets in (target-group %s)".formatted(Simulation.GROUP),
                        "(service puma, taskSet %s) has begun draining connections on 1 tasks.".formatted(old),
                        "(service puma) (deployment %s) deployment completed.".formatted(deployment.id()),
                        "(service puma) has reached a steady state.");
        assertThat(deployment.reason()).isEqualTo("ECS deployment %s completed.".formatted(deployment.id()));
    }

    @Test
    void deploy_whileOldTasksDrain_isNotCompleted() {
        Simulation service = settled(rules(1, 100, 200));
        Deployment deployment = service.deploy("good");

        service.runUntil(
                () -> service.scheduler.tasks().stream().anyMatch(task -> task.state() == TaskState.DEACTIVATING));

        assertThat(deployment.state()).isEqualTo(RolloutState.IN_PROGRESS);
        assertThat(service.scheduler.deployments()).hasSize(2).first().isEqualTo(deployment);
    }

    @Test
    void deploy_whenFourTasksAndFloorOfTwo_stopsTwoFirst() {
        Simulation service = settled(rules(4, 50, 100));
        service.deploy("good");

        service.runUntil(() -> service.live().size() < 4);

        assertThat(service.live()).hasSize(2);
        assertThat(service.runUntil(service::ended)).isTrue();
    }

    @Test
    void deploy_whenTwoTasksAndFloorRoundsUpToTwo_stopsNoneBeforeANewOneIsHealthy() {
        Simulation service = settled(rules(2, 75, 200));
        service.deploy("good");

        boolean[] tooFew = new boolean[1];
        service.runUntil(() -> {
            tooFew[0] |= service.healthyTasks() < 2;
            return service.ended();
        });

        assertThat(tooFew[0]).isFalse();
    }

    @Test
    void deploy_whenCeilingRoundsDownToDesired_stallsAndSaysWhyOnce() {
        Simulation service = settled(rules(3, 100, 125));
        service.deploy("good");

        service.run(600);

        assertThat(service.ended()).isFalse();
        assertThat(service.events())
                .filteredOn(event -> event.contains("unable to stop or start tasks"))
                .containsExactly("service (puma) was unable to stop or start tasks during a deployment because of the"
                        + " service deployment configuration. Update the minimumHealthyPercent or maximumPercent value"
                        + " and try again.");
    }

    @Test
    void deploy_whenThereIsNoCheck_countsATaskAsHealthyAfterFortySeconds() {
        Simulation service = new Simulation(rules(1, 100, 200), false, 1);
        service.deploy("good");

        service.runUntil(service::ended);

        Task task = service.live().get(0);
        Duration ran = Duration.between(task.at(Moment.STARTED).orElseThrow(), service.now());
        assertThat(ran).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(46));
    }

    @Test
    void deploy_whenAnotherFollows_isSupersededAndTheOtherCompletes() {
        Simulation service = settled(rules(2, 100, 200));
        service.deploy("good");
        service.run(20);
        Deployment second = service.deploy("good");

        assertThat(service.scheduler.history().get(1).status()).isEqualTo(ServiceDeploymentStatus.STOP_REQUESTED);
        service.run(6);
        assertThat(service.scheduler.history().get(1).status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
        assertThat(service.scheduler.history().get(1).reason()).contains("Superseded");
        assertThat(service.runUntil(service::ended)).isTrue();
        assertThat(service.scheduler.deployments()).containsExactly(second);
    }

    @Test
    void change_whenDesiredCountGrowsAndShrinks_keepsTheDeployment() {
        Simulation service = settled(rules(2, 100, 200));
        Deployment deployment = service.scheduler.deployments().get(0);

        service.scheduler.change(rules(5, 100, 200));
        assertThat(service.runUntil(() -> service.healthyTasks() == 5)).isTrue();
        service.scheduler.change(rules(1, 100, 200));
        assertThat(service.runUntil(() -> service.live().size() == 1)).isTrue();

        assertThat(service.scheduler.deployments()).containsExactly(deployment);
        assertThat(service.scheduler.history()).hasSize(1);
    }

    @Test
    void tick_whenATaskIsStoppedByHand_replacesItAndReachesASteadyStateAgain() {
        Simulation service = settled(rules(2, 100, 200));
        Task victim = service.live().get(0);

        service.scheduler.stopTask(victim, "maintenance", service.now());
        service.runUntil(() -> !service.live().isEmpty() && service.healthyTasks() == 2 && victim.stopped());
        service.run(10);

        assertThat(victim.stop()).contains(new Stop(StopCode.USER_INITIATED, "maintenance"));
        assertThat(service.events())
                .filteredOn(event -> event.equals("(service puma) has reached a steady state."))
                .hasSize(2);
        assertThat(service.scheduler.deployments().get(0).failedTasks()).isZero();
    }

    @Test
    void stop_marksEveryMomentOfATasksEndInOrder() {
        Simulation service = settled(rules(1, 100, 200));
        Task old = service.live().get(0);
        service.deploy("good");
        service.runUntil(service::ended);

        assertThat(old.stop().orElseThrow().reason())
                .isEqualTo("Scaling activity initiated by (deployment %s)"
                        .formatted(service.scheduler.deployments().get(0).id()));
        assertThat(List.of(Moment.values()).stream()
                        .map(moment -> old.at(moment).orElseThrow()))
                .isSorted();
        Duration drained = Duration.between(
                old.at(Moment.STOPPING).orElseThrow(),
                old.at(Moment.EXECUTION_STOPPED).orElseThrow());
        assertThat(drained).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void delete_stopsEveryTaskAndIsGoneWhenTheyAre() {
        Simulation service = settled(rules(3, 100, 200));

        service.scheduler.delete(service.now());

        assertThat(service.runUntil(service.scheduler::gone)).isTrue();
        assertThat(service.live()).isEmpty();
    }

    static ServiceRules rules(int desired, int minimum, int maximum) {
        return new ServiceRules(desired, minimum, maximum, false, false, Duration.ZERO);
    }

    static Simulation settled(ServiceRules rules) {
        Simulation service = new Simulation(rules, true, 1);
        service.deploy("good");
        assertThat(service.runUntil(service::ended)).isTrue();
        return service;
    }
}
