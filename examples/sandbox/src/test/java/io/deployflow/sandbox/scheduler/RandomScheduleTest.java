package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random services, deployments, scalings and failures; the seed that fails is in the name of the test. */
class RandomScheduleTest {

    private static final List<String> IMAGES = List.of("good", "good", "sick", "crash", "absent");

    @ParameterizedTest
    @MethodSource("seeds")
    void deploy_whateverHappens_staysBetweenFloorAndCeilingAndEnds(long seed) {
        Random random = new Random(seed);
        Simulation service = new Simulation(rules(random), random.nextBoolean(), seed);
        service.deploy("good");

        for (int command = 0; command < 5; command++) {
            disturb(service, random);
            for (int second = random.nextInt(120); second > 0; second--) {
                stepWithinBounds(service);
            }
        }
        ServiceRules rules = service.scheduler.rules();
        Deployment last = service.deploy("good");
        for (int second = 0; second < 3600 && !service.ended(); second++) {
            stepWithinBounds(service);
        }

        if (service.ended()) {
            assertThat(last.state()).isEqualTo(RolloutState.COMPLETED);
            assertThat(service.healthyTasks()).isEqualTo(rules.desired());
            assertThat(service.scheduler.deployments()).containsExactly(last);
        } else {
            assertThat(rules.floor())
                    .as("only rules that leave no room may block")
                    .isEqualTo(rules.desired());
            assertThat(rules.ceiling()).isEqualTo(rules.desired());
            assertThat(service.events()).anyMatch(event -> event.contains("unable to stop or start tasks"));
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 120);
    }

    private static void disturb(Simulation service, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> service.scheduler.change(rules(random));
            case 1 ->
                service.live().stream()
                        .skip(random.nextInt(3))
                        .findFirst()
                        .ifPresent(task -> service.scheduler.stopTask(task, "", service.now()));
            default -> service.deploy(IMAGES.get(random.nextInt(IMAGES.size())));
        }
    }

    private static ServiceRules rules(Random random) {
        int minimum = List.of(0, 50, 75, 100).get(random.nextInt(4));
        int maximum = List.of(100, 125, 150, 200).get(random.nextInt(4));
        return new ServiceRules(
                random.nextInt(7), minimum, maximum, random.nextBoolean(), random.nextBoolean(), Duration.ZERO);
    }

    private static void stepWithinBounds(Simulation service) {
        List<Task> before = service.live();
        service.step();
        ServiceRules rules = service.scheduler.rules();
        assertThat(service.live().size())
                .as("above the ceiling")
                .isLessThanOrEqualTo(Math.max(before.size(), rules.ceiling()));
        if (before.stream().anyMatch(RandomScheduleTest::provenButReplaced)) {
            assertThat(service.healthyTasks()).as("healthy tasks left").isGreaterThanOrEqualTo(rules.floor());
        }
    }

    /** Whether a task that had been healthy was stopped by the scheduler, not by a failure or by hand. */
    private static boolean provenButReplaced(Task task) {
        return task.provedHealthy()
                && task.stop()
                        .filter(stop -> stop.reason().startsWith("Scaling activity"))
                        .isPresent();
    }
}
