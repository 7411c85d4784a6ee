package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.scheduler.Strategy.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random strategies that shift traffic, deployments, hooks and rollbacks on both clocks; the seed that fails is in the
 * name of the test.
 */
class RandomTrafficTest {

    private static final List<String> IMAGES = List.of("good", "good", "sick", "crash", "absent");
    private static final Hook HOOK = new Hook("arn:aws:lambda:f", EnumSet.allOf(Stage.class));

    @ParameterizedTest
    @MethodSource("runs")
    void deploy_whateverHappens_servesWithAllTasksAndEnds(long seed, Timings clock) {
        Random random = new Random(seed);
        Simulation service = new Simulation(rules(random), true, seed, clock);
        service.deploy("good");
        assertThat(service.runUntil(service::ended)).isTrue();

        for (int command = 0; command < 6; command++) {
            disturb(service, random);
            for (int second = random.nextInt(400); second > 0; second--) {
                stepServing(service);
            }
        }
        service.hooks.clear();
        Deployment last = service.deploy("good");
        for (int second = 0; second < 3600 && !service.ended(); second++) {
            stepServing(service);
        }

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(service.scheduler.deployments()).containsExactly(last);
        assertThat(service.serving())
                .isEqualTo(service.scheduler.rules().desired())
                .isEqualTo(service.live().size());
    }

    static Stream<Arguments> runs() {
        return LongStream.range(0, 40)
                .boxed()
                .flatMap(seed -> Stream.of(Arguments.of(seed, Timings.AWS), Arguments.of(seed, Timings.FAST)));
    }

    private static void disturb(Simulation service, Random random) {
        switch (random.nextInt(4)) {
            case 0 ->
                service.hooks.put(any(List.of(Stage.values()), random), any(List.of(HookStatus.values()), random));
            case 1 -> {
                if (!service.ended()) {
                    service.scheduler.stopDeployment(service.lastServiceDeployment(), true, service.now());
                }
            }
            default -> service.deploy(any(IMAGES, random));
        }
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static void stepServing(Simulation service) {
        service.step();
        int desired = service.scheduler.rules().desired();
        assertThat(service.serving()).as("healthy tasks with traffic").isGreaterThanOrEqualTo(desired);
        assertThat(service.live().size()).as("tasks of two revisions").isLessThanOrEqualTo(2 * desired);
    }

    private static ServiceRules rules(Random random) {
        Kind kind = any(List.of(Kind.BLUE_GREEN, Kind.CANARY, Kind.LINEAR), random);
        List<Double> steps = switch (kind) {
            case CANARY -> List.of(0.5 + random.nextInt(50), 100.0);
            case LINEAR -> Strategy.linear(20 + random.nextInt(50));
            default -> List.of(100.0);
        };
        Strategy strategy = new Strategy(
                kind, steps, Duration.ofSeconds(random.nextInt(60)), List.of(HOOK), List.of(Simulation.ROUTE));
        return new ServiceRules(
                1 + random.nextInt(5),
                100,
                200,
                BreakerRules.of(true, true),
                AlarmRules.NONE,
                Duration.ofSeconds(random.nextInt(120)),
                Duration.ZERO,
                strategy);
    }
}
