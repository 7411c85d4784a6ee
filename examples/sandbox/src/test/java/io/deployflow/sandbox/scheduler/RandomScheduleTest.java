package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random services, deployments, scalings and failures on both clocks; the seed that fails is in the name of the test.
 */
class RandomScheduleTest {

    private static final List<String> IMAGES = List.of("good", "good", "sick", "crash", "absent");

    /** A pull may end after it was decided to stop the task. */
    private static final List<Moment> LIFE =
            List.of(Moment.CREATED, Moment.STARTED, Moment.STOPPING, Moment.EXECUTION_STOPPED, Moment.STOPPED);

    @ParameterizedTest
    @MethodSource("runs")
    void deploy_whateverHappens_staysBetweenFloorAndCeilingAndEnds(long seed, Timings clock) {
        Random random = new Random(seed);
        Simulation service = new Simulation(rules(random), random.nextBoolean(), seed, clock);
        service.deploy("good");

        for (int command = 0; command < 5; command++) {
            disturb(service, random);
            for (int second = random.nextInt(120); second > 0; second--) {
                stepWithinBounds(service);
            }
        }
        service.capacity.limit(Optional.empty());
        ServiceRules rules = service.scheduler.rules();
        Deployment last = service.deploy("good");
        for (int second = 0; second < 3600 && !service.ended(); second++) {
            stepWithinBounds(service);
        }

        requireConsistent(service);
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

    /** Whatever deployment comes, it ends: completed, rolled back, failed or stopped; or it stalls and says so. */
    @ParameterizedTest
    @MethodSource("runs")
    void deploy_whateverItsImage_endsOrTellsWhyNot(long seed, Timings clock) {
        Random random = new Random(seed);
        Simulation service = new Simulation(rules(random), random.nextBoolean(), seed, clock);
        service.deploy("good");
        service.runUntil(service::ended);
        service.deploy(IMAGES.get(random.nextInt(IMAGES.size())));
        if (random.nextInt(4) == 0) {
            service.capacity.limit(Optional.of(service.capacity.used()));
        }
        for (int second = random.nextInt(90); second > 0; second--) {
            stepWithinBounds(service);
        }
        service.ringing.add("errors");
        for (int second = 0; second < 3600 && !service.ended(); second++) {
            stepWithinBounds(service);
        }

        requireConsistent(service);
        if (!service.ended()) {
            assertThat(service.events())
                    .anyMatch(event -> event.contains("unable to stop or start tasks")
                            || event.contains("no container instance met all of its requirements")
                            || event.contains("unable to consistently start tasks")
                            || event.contains("is unhealthy in"));
        }
    }

    static Stream<Arguments> runs() {
        return LongStream.range(0, 120)
                .boxed()
                .flatMap(seed -> Stream.of(Arguments.of(seed, Timings.AWS), Arguments.of(seed, Timings.FAST)));
    }

    /** What the events, the deployments and the service deployments say must fit together. */
    private static void requireConsistent(Simulation service) {
        List<ServiceDeployment> history = service.scheduler.history();
        assertThat(history.stream().limit(history.size() - 1L))
                .as("all but the newest have ended")
                .noneMatch(each -> each.status().inFlight());
        assertThat(history)
                .allSatisfy(each -> assertThat(each.finishedAt().isPresent())
                        .isEqualTo(!each.status().inFlight()));
        assertThat(service.scheduler.events().stream().map(ServiceEvent::createdAt))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        List<String> events = service.events();
        history.stream()
                .filter(each -> each.status() == ServiceDeploymentStatus.SUCCESSFUL)
                .map(each -> each.target().id())
                .reduce((older, newer) -> newer)
                .filter(id -> events.size() < 100)
                .ifPresent(id -> assertThat(events)
                        .contains("(service puma) (deployment %s) deployment completed.".formatted(id)));
        Task[] stopped =
                service.scheduler.tasks().stream().filter(Task::stopped).toArray(Task[]::new);
        assertThat(stopped).allSatisfy(task -> {
            assertThat(task.stop()).isPresent();
            assertThat(LIFE.stream().flatMap(moment -> task.at(moment).stream()))
                    .isSorted();
        });
        assertThat(service.capacity.used())
                .isEqualTo(new Demand(256L * unfinished(service), 512L * unfinished(service)));
    }

    private static long unfinished(Simulation service) {
        return service.scheduler.tasks().stream()
                .filter(task -> !task.stopped())
                .count();
    }

    private static void disturb(Simulation service, Random random) {
        switch (random.nextInt(9)) {
            case 0 -> service.scheduler.change(rules(random));
            case 1 ->
                service.live().stream()
                        .skip(random.nextInt(3))
                        .findFirst()
                        .ifPresent(task -> service.scheduler.stopTask(task, "", service.now()));
            case 2 -> service.live().stream().findFirst().ifPresent(service::crash);
            case 3 ->
                service.live().stream()
                        .findFirst()
                        .ifPresent(task -> service.scheduler.interrupt(task, Stop.SPOT, service.now()));
            case 4 -> toggle(service);
            case 5 -> stopDeployment(service, random.nextBoolean());
            case 6 -> service.capacity.limit(Optional.of(new Demand(4096, 512L * random.nextInt(14))));
            default -> service.deploy(IMAGES.get(random.nextInt(IMAGES.size())));
        }
    }

    private static void toggle(Simulation service) {
        if (!service.ringing.remove("errors")) {
            service.ringing.add("errors");
        }
    }

    private static void stopDeployment(Simulation service, boolean rollback) {
        if (!service.ended()) {
            service.scheduler.stopDeployment(service.lastServiceDeployment(), rollback, service.now());
        }
    }

    private static ServiceRules rules(Random random) {
        int minimum = List.of(0, 50, 75, 100).get(random.nextInt(4));
        int maximum = List.of(100, 125, 150, 200).get(random.nextInt(4));
        BreakerRules breaker = new BreakerRules(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                BreakerRules.Type.BOUNDED_PERCENT,
                50);
        AlarmRules alarms = new AlarmRules(List.of("errors"), random.nextInt(4) == 0, random.nextBoolean());
        Duration bake = Duration.ofMinutes(random.nextInt(3) == 0 ? random.nextInt(3) : 0);
        Duration grace = Duration.ofSeconds(random.nextInt(2) * 30L);
        return new ServiceRules(random.nextInt(7), minimum, maximum, breaker, alarms, bake, grace);
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
