package io.deployflow.internal.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Says how long the steps that are left will take: each as long as those of its kind did so far. */
final class Estimate {
    private final List<Step> steps;
    private final Map<Kind, List<Duration>> taken = new HashMap<>();
    private int done;

    private record Kind(String place, String scenario) {
        static Kind of(Step step) {
            return new Kind(step.place(), step.scenario().word());
        }
    }

    Estimate(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** A step has been taken. */
    void took(int index, Duration time) {
        taken.computeIfAbsent(Kind.of(steps.get(index)), kind -> new ArrayList<>())
                .add(time);
        done = index + 1;
    }

    /** For those that come after it and will be taken. */
    Duration left(Predicate<Step> isTaken) {
        List<Duration> all = taken.values().stream().flatMap(List::stream).toList();
        return steps.subList(done, steps.size()).stream()
                .filter(isTaken)
                .map(step -> mean(taken.getOrDefault(Kind.of(step), all)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration mean(List<Duration> times) {
        return times.isEmpty()
                ? Duration.ZERO
                : times.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(times.size());
    }
}
