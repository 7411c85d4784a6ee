package io.deployflow.benchmark.ecs;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Progress;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Many services at once: how many calls does that make, and what do throttled replies do to it? */
final class ManyServices {
    static final String PART = "many services";
    static final String PLAIN = "as it is";
    static final String THROTTLED = "every tenth reply throttled";
    static final String BUSIEST = "calls in the busiest second";
    static final String CALLS = "calls";
    static final String TOOK = "took s";

    private static final Duration EACH = Duration.ofSeconds(30);
    private static final int THROTTLE_EVERY = 10;
    private static final double MILLIS = 1000;

    private final Path root;
    private final Path folder;
    private final Figures figures;
    private final Progress progress;
    private final int services;

    ManyServices(Path root, Path folder, Figures figures, Progress progress, int services) {
        this.root = root;
        this.folder = folder;
        this.figures = figures;
        this.progress = progress;
        this.services = services;
        progress.plan(steps().size(), EACH);
    }

    private List<String> steps() {
        return List.of(PLAIN, THROTTLED).stream()
                .filter(step -> !figures.has(PART, step))
                .toList();
    }

    void run() throws IOException {
        List<String> steps = steps();
        if (steps.isEmpty()) {
            return;
        }
        List<String> names = IntStream.rangeClosed(1, services)
                .mapToObj(number -> "s" + number)
                .toList();
        try (Lane lane = Lane.start(root, folder.resolve("many"), Timings.FAST, names, 1)) {
            for (String step : steps) {
                measure(lane, step);
            }
        }
    }

    private void measure(Lane lane, String step) throws IOException {
        if (step.equals(THROTTLED)) {
            lane.throttleEvery(THROTTLE_EVERY);
        }
        Lane.Deploy deploy = lane.deploy(Script.GOOD);
        lane.noFaults();
        if (deploy.run().exitCode() != 0) {
            throw new IllegalStateException(
                    "%d services, %s: %s".formatted(services, step, deploy.run().failure()));
        }
        int busiest = ApiCall.busiestSecond(deploy.calls());
        figures.add(
                PART,
                step,
                Map.of(
                        BUSIEST, (double) busiest,
                        CALLS, (double) deploy.calls().size(),
                        TOOK, deploy.run().wall().toMillis() / MILLIS));
        progress.done(
                EACH,
                String.format(
                        Locale.ROOT,
                        "%d services, %s: %d calls, %d in the busiest second, %.1f s",
                        services,
                        step,
                        deploy.calls().size(),
                        busiest,
                        deploy.run().wall().toMillis() / MILLIS));
    }
}
