package io.deployflow.ecs;

import io.deployflow.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The course that a rollout takes where nothing fails: ECS decides every few seconds which tasks it stops and starts,
 * by what is healthy then.
 */
final class RolloutCourse {
    /** Time between two decisions of ECS about one service. */
    static final Duration DECISION = Duration.ofSeconds(5);

    /** More decisions than that, and it never ends. */
    private static final int MOST_DECISIONS = 100_000;

    private final RolloutSettings settings;
    private final Duration decision;
    private final Step begun = new Step("", Duration.ZERO, Duration.ZERO, null);
    private final List<Step> healthy = new ArrayList<>();
    private final List<Step> gone = new ArrayList<>();
    private int old;

    private RolloutCourse(RolloutSettings settings, Duration decision) {
        this.settings = settings;
        this.decision = decision;
        this.old = settings.batch().desired();
    }

    /**
     * Something that took time, and what it came after.
     *
     * @param until when it was done, since the rollout began
     */
    private record Step(
            String name,
            Duration took,
            Duration until,
            @Nullable Step before) {
        Step then(String next, Duration takes) {
            return new Step(next, takes, until.plus(takes), this);
        }

        boolean isDone(Duration now) {
            return until.compareTo(now) <= 0;
        }
    }

    /** What a rollout waits for, in order; empty where it would never end. */
    static List<Prediction.Part> of(RolloutSettings settings) {
        return of(settings, DECISION);
    }

    /** The same where ECS decides at another pace. */
    static List<Prediction.Part> of(RolloutSettings settings, Duration decision) {
        return new RolloutCourse(settings, decision).run();
    }

    private List<Prediction.Part> run() {
        Duration now = decision;
        for (int count = 0; count < MOST_DECISIONS; count++) {
            Step decided = decide(now);
            if (isOver(now)) {
                return parts(decided);
            }
            boolean changed = settings.shift().atOnce() ? replaceAtOnce(decided, now) : replaceBatch(decided, now);
            now = changed ? now.plus(decision) : next(now);
        }
        return List.of();
    }

    /** ECS decides at a steady pace; decisions at which nothing is new change nothing. */
    private Duration next(Duration now) {
        Duration soonest = steps().filter(step -> !step.isDone(now))
                .map(Step::until)
                .min(Comparator.naturalOrder())
                .orElse(now);
        long pause = Math.max(1, -Math.floorDiv(now.minus(soonest).toMillis(), decision.toMillis()));
        return now.plus(decision.multipliedBy(pause));
    }

    private Step decide(Duration now) {
        Step cause = steps().filter(step -> step.isDone(now))
                .max(Comparator.comparing(Step::until))
                .orElse(begun);
        return cause.then("scheduling", now.minus(cause.until()));
    }

    private Stream<Step> steps() {
        return Stream.of(Stream.of(begun), healthy.stream(), gone.stream()).flatMap(step -> step);
    }

    private boolean isOver(Duration now) {
        return ready(now) == settings.batch().desired()
                && old == 0
                && gone.stream().allMatch(step -> step.isDone(now));
    }

    private int ready(Duration now) {
        return (int) healthy.stream().filter(step -> step.isDone(now)).count();
    }

    /** What stops still counts when it is decided how many may start. */
    private boolean replaceBatch(Step decided, Duration now) {
        Batch batch = settings.batch();
        int stops = Math.min(old, Math.max(0, ready(now) + old - batch.least()));
        int starts = Math.min(batch.desired() - healthy.size(), batch.most() - healthy.size() - old);
        start(Math.max(0, starts), decided);
        stop(stops, decided);
        return starts > 0 || stops > 0;
    }

    private boolean replaceAtOnce(Step decided, Duration now) {
        int starts = settings.batch().desired() - healthy.size();
        start(starts, decided);
        boolean over = old > 0 && ready(now) == settings.batch().desired();
        if (over) {
            stop(
                    old,
                    decided.then("shifting traffic", settings.shift().stepping())
                            .then("baking", settings.shift().bake()));
        }
        return starts > 0 || over;
    }

    private void start(int count, Step decided) {
        Step done = decided.then("starting", settings.start())
                .then("becoming healthy", settings.check().after());
        healthy.addAll(Collections.nCopies(count, done));
    }

    private void stop(int count, Step decided) {
        Step done = decided.then("draining", settings.draining()).then("stopping", settings.stop());
        gone.addAll(Collections.nCopies(count, done));
        old -= count;
    }

    /** The way back from the end: only what somebody waited for. */
    private static List<Prediction.Part> parts(Step end) {
        List<Step> chain = new ArrayList<>();
        for (Step step = end; step != null; step = step.before()) {
            chain.add(step);
        }
        Collections.reverse(chain);
        Map<String, Duration> sums = new LinkedHashMap<>();
        chain.stream()
                .filter(step -> !step.took().isZero())
                .forEach(step -> sums.merge(step.name(), step.took(), Duration::plus));
        return sums.entrySet().stream()
                .map(sum -> new Prediction.Part(sum.getKey(), sum.getValue()))
                .toList();
    }
}
