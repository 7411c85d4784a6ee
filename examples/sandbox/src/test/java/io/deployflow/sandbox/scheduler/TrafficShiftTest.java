package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.scheduler.Strategy.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strategies that shift traffic from one set of tasks to another, on AWS's clock. */
class TrafficShiftTest {

    private static final Duration BAKE = Duration.ofMinutes(2);

    @Test
    void blueGreen_goesThroughEveryStageAndNeverServesWithLess() {
        Simulation service = completed(Kind.BLUE_GREEN, List.of(100.0));
        Deployment green = service.deploy("good");

        List<Stage> stages = new ArrayList<>();
        while (!service.ended()) {
            service.step();
            Stage stage = progress(service).stage();
            if (stages.isEmpty() || stages.get(stages.size() - 1) != stage) {
                stages.add(stage);
            }
            assertThat(service.serving()).as("serving at %s", stage).isGreaterThanOrEqualTo(3);
        }

        assertThat(stages).containsExactly(Stage.values());
        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(service.scheduler.deployments()).containsExactly(green);
        assertThat(service.production()).containsExactly(entry(Simulation.GROUP, 0), entry(Simulation.ALTERNATE, 100));
        assertThat(service.live()).hasSize(3);
    }

    @Test
    void blueGreen_runsBothSetsUntilTheBakeTimeIsOver() {
        Simulation service = completed(Kind.BLUE_GREEN, List.of(100.0));
        service.deploy("good");

        service.runUntil(() -> progress(service).stage() == Stage.BAKE_TIME);
        int seconds = 0;
        for (; progress(service).stage() == Stage.BAKE_TIME; seconds++) {
            assertThat(service.live()).hasSize(6);
            service.step();
        }

        assertThat(seconds).isBetween(115, 130);
    }

    @Test
    void blueGreen_theNextDeploymentComesBackToTheFirstGroup() {
        Simulation service = completed(Kind.BLUE_GREEN, List.of(100.0));
        service.deploy("good");
        service.runUntil(service::ended);
        service.deploy("good");
        service.runUntil(service::ended);

        assertThat(service.production()).containsEntry(Simulation.GROUP, 100);
    }

    @Test
    void canary_givesALittleFirst() {
        Simulation service = completed(Kind.CANARY, List.of(5.0, 100.0));
        service.deploy("good");

        service.runUntil(() -> progress(service).production() > 0);

        assertThat(service.production()).containsExactly(entry(Simulation.GROUP, 95), entry(Simulation.ALTERNATE, 5));
        assertThat(secondsAtThisStep(service)).isBetween(55, 70);
        assertThat(service.production()).containsEntry(Simulation.ALTERNATE, 100);
    }

    @Test
    void linear_goesInEqualSteps() {
        assertThat(Strategy.linear(30)).containsExactly(30.0, 60.0, 90.0, 100.0);
        Simulation service = completed(Kind.LINEAR, Strategy.linear(25));
        service.deploy("good");

        List<Double> seen = new ArrayList<>(List.of(0.0));
        while (!service.ended()) {
            service.step();
            double percent = progress(service).production();
            if (percent != seen.get(seen.size() - 1)) {
                seen.add(percent);
            }
        }

        assertThat(seen).containsExactly(0.0, 25.0, 50.0, 75.0, 100.0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SCALE_UP", "BAKE_TIME", "CLEAN_UP"})
    void hookInProgress_holdsTheStage_andAFailedOneRollsBack(Stage stage) {
        Simulation service = completed(Kind.BLUE_GREEN, List.of(100.0));
        Deployment blue = service.scheduler.deployments().get(0);
        service.hooks.put(stage, HookStatus.IN_PROGRESS);
        service.deploy("good");
        service.run(900);
        assertThat(progress(service).stage()).isEqualTo(stage);

        service.hooks.put(stage, HookStatus.FAILED);
        while (!service.ended()) {
            service.step();
            assertThat(service.serving()).isGreaterThanOrEqualTo(3);
        }

        ServiceDeployment ended = service.lastServiceDeployment();
        assertThat(ended.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(ended.reason())
                .isEqualTo("Service deployment rolled back because %s lifecycle hook(s) failed. Lifecycle hook target"
                                .formatted(stage)
                        + " arn:aws:lambda:f returned FAILED status.");
        assertThat(service.scheduler.deployments()).containsExactly(blue);
        assertThat(service.production()).containsEntry(Simulation.GROUP, 100);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void stopWithRollback_atAnyStage_givesTheTrafficBackBeforeTheTasksGo(Stage stage) {
        Simulation service = completed(Kind.BLUE_GREEN, List.of(100.0));
        Deployment blue = service.scheduler.deployments().get(0);
        service.deploy("good");
        service.runUntil(() -> progress(service).stage().compareTo(stage) >= 0);

        service.scheduler.stopDeployment(service.lastServiceDeployment(), true, service.now());
        while (!service.ended()) {
            service.step();
            assertThat(service.serving()).isGreaterThanOrEqualTo(3);
        }

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(service.scheduler.deployments()).containsExactly(blue);
        assertThat(service.production()).containsEntry(Simulation.GROUP, 100);
        assertThat(service.live()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BLUE_GREEN", "CANARY", "LINEAR"})
    void crashingTasks_openTheBreakerBeforeTheyGetAnyTraffic(Kind kind) {
        Simulation service = completed(kind, List.of(100.0));
        service.deploy("crash");

        while (!service.ended()) {
            service.step();
            assertThat(service.production()).containsEntry(Simulation.GROUP, 100);
        }

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(service.lastServiceDeployment().reason()).contains("circuit breaker threshold was exceeded");
    }

    @Test
    void alarmDuringTheBakeTime_rollsBack() {
        Simulation service = completed(Kind.BLUE_GREEN, List.of(100.0));
        service.deploy("good");
        service.runUntil(() -> progress(service).stage() == Stage.BAKE_TIME);

        service.ringing.add("errors");
        service.runUntil(service::ended);

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(service.production()).containsEntry(Simulation.GROUP, 100);
    }

    @Test
    void newDeploymentWhileTrafficIsShared_takesTheHalfDoneOneBackFirst() {
        Simulation service = completed(Kind.CANARY, List.of(5.0, 100.0));
        service.deploy("good");
        service.runUntil(() -> progress(service).production() > 0);

        Deployment last = service.deploy("good");
        service.run(6);

        assertThat(progress(service).stage()).isEqualTo(Stage.RECONCILE_SERVICE);
        service.runUntil(() -> progress(service).stage() == Stage.PRE_SCALE_UP);
        assertThat(service.live()).hasSize(3);
        assertThat(service.production()).containsEntry(Simulation.GROUP, 100);
        service.runUntil(service::ended);
        assertThat(service.scheduler.deployments()).containsExactly(last);
        assertThat(service.production()).containsEntry(Simulation.ALTERNATE, 100);
    }

    @Test
    void firstDeployment_bakesNothing() {
        Simulation service = service(Kind.BLUE_GREEN, List.of(100.0));
        service.deploy("good");

        service.run(110);

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    }

    private static int secondsAtThisStep(Simulation service) {
        double percent = progress(service).production();
        int seconds = 0;
        for (; progress(service).production() == percent; seconds++) {
            service.step();
        }
        return seconds;
    }

    private static Progress progress(Simulation service) {
        return service.lastServiceDeployment().progress().orElseThrow();
    }

    private static Map.Entry<String, Integer> entry(String group, int weight) {
        return Map.entry(group, weight);
    }

    /** A service whose first deployment is complete, with three tasks in {@link Simulation#GROUP}. */
    private static Simulation completed(Kind kind, List<Double> steps) {
        Simulation service = service(kind, steps);
        service.deploy("good");
        service.runUntil(service::ended);
        assertThat(service.production()).containsEntry(Simulation.GROUP, 100);
        return service;
    }

    private static Simulation service(Kind kind, List<Double> steps) {
        Hook hook = new Hook("arn:aws:lambda:f", EnumSet.allOf(Stage.class));
        Strategy strategy = new Strategy(kind, steps, Duration.ofMinutes(1), List.of(hook), List.of(Simulation.ROUTE));
        ServiceRules rules = new ServiceRules(
                3,
                100,
                200,
                BreakerRules.of(true, true),
                new AlarmRules(List.of("errors"), true, true),
                BAKE,
                Duration.ZERO,
                strategy);
        return new Simulation(rules, true, 7);
    }
}
