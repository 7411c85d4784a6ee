package io.deployflow.benchmark.ecs;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Progress;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Releases that cannot succeed: when is it known here, and when would the circuit breaker have given them up? */
final class Failures {
    static final String PART = "failures";
    static final String OURS = "known after s";
    static final String UPDATE = "first task after s";
    static final String EXIT = "taken back and ended after s";
    static final String BREAKER = "circuit breaker after s";
    /**
     * The service has so many tasks: with one after the other the breaker is slowest, with many it is as fast as can
     * be.
     */
    static final List<Integer> DESIRED = List.of(1, 4);

    /** An update meets the scheduler at any moment between two of its beats: the median counts. */
    private static final int RUNS = 3;

    private static final Duration EACH = Duration.ofSeconds(8);
    private static final int ROLLOUT_FAILED = 5;
    private static final double MILLIS = 1000;

    /**
     * A way to fail.
     *
     * @param name what the table calls it
     * @param script what its containers do
     * @param cause what the report must say
     */
    record Case(String name, Script script, String cause) {
        /** What the names of its steps begin with. */
        String steps(int desired) {
            return name + " of " + desired + ":";
        }

        String step(int desired, int run) {
            return steps(desired) + " run " + run;
        }
    }

    static final List<Case> CASES = List.of(
            new Case(
                    "crash loop",
                    Script.GOOD.exiting(Duration.ofSeconds(3), 3).writing("cannot find the table orders"),
                    "cannot find the table orders"),
            new Case(
                    "image that cannot be pulled",
                    Script.GOOD.failing("CannotPullContainerError: manifest unknown"),
                    "CannotPullContainerError"),
            new Case("failing health check", Script.GOOD.answering(500), "health checks"));

    private final Path root;
    private final Path folder;
    private final Figures figures;
    private final Progress progress;

    Failures(Path root, Path folder, Figures figures, Progress progress) {
        this.root = root;
        this.folder = folder;
        this.figures = figures;
        this.progress = progress;
        DESIRED.forEach(desired -> missing(desired).forEach(work -> progress.plan(1, EACH)));
    }

    private List<InParallel.Work> missing(int desired) {
        return CASES.stream()
                .flatMap(one -> IntStream.rangeClosed(1, RUNS)
                        .filter(run -> !figures.has(PART, one.step(desired, run)))
                        .<InParallel.Work>mapToObj(run -> () -> measure(one, desired, run)))
                .toList();
    }

    void run() {
        DESIRED.forEach(desired -> InParallel.run(missing(desired)));
    }

    private void measure(Case one, int desired, int run) throws IOException {
        String step = one.step(desired, run);
        Duration breaker = Breaker.time(one.script(), Timings.AWS, desired);
        try (Lane lane = Lane.start(
                root, folder.resolve(step.replaceAll("[^a-z0-9]+", "-")), Timings.AWS, List.of("puma"), desired)) {
            Lane.Deploy deploy = lane.deploy(one.script());
            if (deploy.run().exitCode() != ROLLOUT_FAILED
                    || !deploy.run().failure().contains(one.cause())) {
                throw new IllegalStateException("%s: exit code %d, and the report says: %s"
                        .formatted(step, deploy.run().exitCode(), deploy.run().failure()));
            }
            Instant begun = Tasks.instant(lane.record("puma"), "createdAt");
            Instant first = lane.firstTask("puma", begun);
            double ours = Completions.seconds(first, deploy.rolledOut());
            figures.add(
                    PART,
                    step,
                    Map.of(
                            OURS,
                            ours,
                            EXIT,
                            Completions.seconds(begun, deploy.ended()),
                            BREAKER,
                            breaker.toMillis() / MILLIS));
            progress.done(
                    EACH,
                    String.format(
                            Locale.ROOT,
                            "%s: known after %.1f s, by the circuit breaker after %.1f s",
                            step,
                            ours,
                            breaker.toMillis() / MILLIS));
        }
    }
}
