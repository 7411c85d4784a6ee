package io.deployflow.benchmark.ecs;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Rollouts that ECS completes at times spread between 5 s and 2 minutes: how long after that is the command's end? */
final class Completions {
    static final String PART = "completions";
    static final String COMPLETED = "completed after s";
    static final String LATE = "ended later s";
    static final String ROLLED_OUT = "rollout decided later s";
    static final String LOOKS = "looks";
    static final String BESIDE = "calls beside one a look";
    /** At once, on two processors: no more than end well apart from each other. */
    static final int LANES = 6;

    private static final double FIRST = 5;
    private static final double LAST = 120;
    /** What a rollout of two tasks takes when a pull takes no time, on the compressed clock. */
    private static final double BESIDE_PULL = 3.2;

    private static final double START_AND_PUSH = 3;
    private static final double MILLIS = 1000;

    private final Path root;
    private final Path folder;
    private final Figures figures;
    private final Progress progress;
    private final List<Double> seconds;

    Completions(Path root, Path folder, Figures figures, Progress progress, int count) {
        this.root = root;
        this.folder = folder;
        this.figures = figures;
        this.progress = progress;
        // The longest first: the lanes then end together, and rarely do two rollouts end at once.
        this.seconds = IntStream.range(0, count)
                .mapToObj(number -> LAST - number * (LAST - FIRST) / Math.max(1, count - 1))
                .filter(wanted -> !figures.has(PART, step(wanted)))
                .toList();
        seconds.forEach(wanted -> progress.plan(1, planned(wanted)));
    }

    private static String step(double wanted) {
        return String.format(Locale.ROOT, "%.1f", wanted);
    }

    private static Duration planned(double wanted) {
        return Duration.ofMillis((long) (MILLIS * (wanted + START_AND_PUSH) / LANES));
    }

    void run() {
        Queue<Double> queue = new ConcurrentLinkedQueue<>(seconds);
        InParallel.run(IntStream.range(0, Math.min(LANES, seconds.size()))
                .<InParallel.Work>mapToObj(lane -> () -> drive("lane-" + lane, queue))
                .toList());
    }

    private void drive(String name, Queue<Double> queue) throws IOException {
        try (Lane lane = Lane.start(root, folder.resolve(name), Timings.FAST, List.of("puma"), 2)) {
            for (Double wanted = queue.poll(); wanted != null; wanted = queue.poll()) {
                measure(lane, wanted);
            }
        }
    }

    private void measure(Lane lane, double wanted) throws IOException {
        Duration pull = Duration.ofMillis((long) (MILLIS * Math.max(0, wanted - BESIDE_PULL)));
        Lane.Deploy deploy = lane.deploy(Script.GOOD.taking(pull, Duration.ZERO, Duration.ZERO));
        JsonNode record = lane.record("puma");
        if (deploy.run().exitCode() != 0 || !record.path("status").asText().equals("SUCCESSFUL")) {
            throw new IllegalStateException("the deploy ended with %d, ECS says %s: %s"
                    .formatted(
                            deploy.run().exitCode(),
                            record.path("status").asText(),
                            deploy.run().failure()));
        }
        Instant completed = Tasks.instant(record, "finishedAt");
        List<ApiCall> calls = ApiCall.ofRollout(deploy.calls(), deploy.rolledOut());
        double took = seconds(Tasks.instant(record, "createdAt"), completed);
        double late = seconds(completed, deploy.ended());
        figures.add(
                PART,
                step(wanted),
                Map.of(
                        COMPLETED,
                        took,
                        LATE,
                        late,
                        ROLLED_OUT,
                        seconds(completed, deploy.rolledOut()),
                        LOOKS,
                        (double) ApiCall.looks(calls),
                        BESIDE,
                        (double) calls.size() - ApiCall.looks(calls)));
        progress.done(
                planned(wanted),
                String.format(Locale.ROOT, "completed after %5.1f s, the command ended %.2f s later", took, late));
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / MILLIS;
    }
}
