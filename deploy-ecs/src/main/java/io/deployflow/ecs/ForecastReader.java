package io.deployflow.ecs;

import io.deployflow.Prediction;
import io.deployflow.ecs.RolloutSettings.Drain;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Predicts how long a rollout of a service takes at the least: by its settings, and by how long its tasks took to start
 * and to stop last. What cannot be read is assumed, and the prediction says so.
 */
final class ForecastReader {
    private static final Duration USUAL_START = Duration.ofSeconds(10);
    private static final Duration USUAL_STOP = Duration.ofSeconds(5);

    private final TargetGroups groups;
    private final Function<Service, List<Task>> tasks;

    /**
     * A reader.
     *
     * @param tasks asks for a service's tasks, those that stopped within the last hour too
     */
    ForecastReader(AwsClients clients, Function<Service, List<Task>> tasks) {
        this.groups = new TargetGroups(clients);
        this.tasks = tasks;
    }

    /** The prediction for a service and what it runs; empty where there is nothing to predict. */
    Optional<Prediction> predict(Service service, TaskDefinition live) {
        Assumptions assumptions = new Assumptions();
        RolloutSettings settings = settings(service, live, assumptions);
        return RolloutForecast.of(service.serviceName(), settings, assumptions.all());
    }

    /** The settings that decide. */
    RolloutSettings settings(Service service, TaskDefinition live, Assumptions assumptions) {
        List<TargetGroupSettings> balanced = groups.read(service, assumptions);
        Optional<Drain> drain = balanced.stream()
                .max(Comparator.comparing(TargetGroupSettings::delay))
                .map(group -> new Drain(group.name(), group.delay()));
        List<Task> seen = assumptions.ask(
                "ecs:DescribeTasks", () -> tasks.apply(service), List.of(), "how long tasks took last is not known");
        return new RolloutSettings(
                Batch.of(service),
                TrafficShift.of(service),
                start(seen, assumptions),
                check(live, balanced, healthy(service, seen), assumptions),
                drain,
                stop(live, seen, drain.map(Drain::delay), assumptions));
    }

    private static Duration start(List<Task> seen, Assumptions assumptions) {
        Optional<Duration> measured = TaskTimes.start(seen);
        if (measured.isEmpty()) {
            assumptions.add("a task is placed and started within 10 s");
        }
        return measured.orElse(USUAL_START);
    }

    /** Where some may be missing, the next old one is stopped for other reasons too. */
    private static Optional<Duration> healthy(Service service, List<Task> seen) {
        Batch batch = Batch.of(service);
        return batch.least() < batch.desired() ? Optional.empty() : TaskTimes.healthy(seen);
    }

    private static HealthWait check(
            TaskDefinition live,
            List<TargetGroupSettings> balanced,
            Optional<Duration> measured,
            Assumptions assumptions) {
        if (measured.isEmpty() && !balanced.isEmpty()) {
            assumptions.add("a new task answers its first health check; each that it misses costs "
                    + balanced.stream()
                            .map(group -> group.interval().toSeconds())
                            .max(Comparator.naturalOrder())
                            .orElseThrow()
                    + " s");
        }
        return HealthWait.of(live, balanced, measured);
    }

    private static Duration stop(
            TaskDefinition live, List<Task> seen, Optional<Duration> drain, Assumptions assumptions) {
        Optional<Duration> measured = TaskTimes.stop(seen, drain);
        if (measured.isEmpty()) {
            assumptions.add("a task ends at once on SIGTERM, and is not killed after its stopTimeout, "
                    + StopTimeout.of(live).toSeconds() + " s");
        }
        return measured.orElse(USUAL_STOP);
    }
}
