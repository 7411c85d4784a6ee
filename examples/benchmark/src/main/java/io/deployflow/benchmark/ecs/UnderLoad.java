package io.deployflow.benchmark.ecs;

import io.deployflow.benchmark.DemoApplication;
import io.deployflow.benchmark.DeployCommand;
import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Progress;
import io.deployflow.benchmark.Run;
import io.deployflow.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Rollouts of the Puma application, in real containers behind HAProxy, while clients ask for it all along. */
final class UnderLoad {
    static final String PART = "under load";
    static final List<String> STRATEGIES = List.of("ROLLING", "BLUE_GREEN");
    static final String REQUESTS = "requests";
    static final String FAILED = "failed requests";
    static final String TOOK = "took s";

    private static final Map<String, Duration> EACH =
            Map.of("ROLLING", Duration.ofSeconds(7), "BLUE_GREEN", Duration.ofSeconds(15));
    private static final Duration SLOW = Duration.ofMillis(400);
    private static final int CLIENTS_A_PAGE = 2;
    private static final double MILLIS = 1000;

    private final Path root;
    private final Path folder;
    private final Figures figures;
    private final Progress progress;
    private final int rollouts;

    UnderLoad(Path root, Path folder, Figures figures, Progress progress, int rollouts) {
        this.root = root;
        this.folder = folder;
        this.figures = figures;
        this.progress = progress;
        this.rollouts = rollouts;
        STRATEGIES.forEach(strategy -> progress.plan(missing(strategy).size(), each(strategy)));
    }

    private static Duration each(String strategy) {
        return EACH.getOrDefault(strategy, Duration.ZERO);
    }

    /** The rollouts of a strategy that have not been measured. */
    private List<Integer> missing(String strategy) {
        return IntStream.rangeClosed(1, rollouts)
                .filter(number -> !figures.has(PART, step(strategy, number)))
                .boxed()
                .toList();
    }

    private static String step(String strategy, int number) {
        return strategy + " " + number;
    }

    void run() throws IOException {
        for (String strategy : STRATEGIES) {
            List<Integer> missing = missing(strategy);
            if (!missing.isEmpty()) {
                run(strategy, missing);
            }
        }
    }

    private void run(String strategy, List<Integer> numbers) throws IOException {
        Path place = Files.createDirectory(folder.resolve(strategy));
        DemoApplication application = DemoApplication.copyOf(root.resolve("examples/apps/puma"), place.resolve("shop"));
        application.addSlowPage(SLOW);
        try (Sandbox sandbox = Sandbox.builder()
                .ecsService(true)
                .deployment(
                        strategy.equals("ROLLING")
                                ? Map.of("strategy", strategy)
                                : Map.of("strategy", strategy, "bakeTimeInMinutes", 1))
                .folder(place)
                .start()) {
            Path file = Files.writeString(place.resolve("deploy.yml"), sandbox.deployFile(application.directory()));
            DeployCommand command = new DeployCommand(
                    root.resolve("bin/deployflow"), file, sandbox.environment(), place.resolve("errors"));
            // The placeholder that was there before has no slow page.
            deploy(command, application, "first");
            for (int number : numbers) {
                measure(sandbox.loadBalancerUrl(), command, application, strategy, number);
            }
        }
    }

    private static Run deploy(DeployCommand command, DemoApplication application, String greeting) throws IOException {
        application.greet("Hello from " + greeting);
        Run run = command.run("deploy", "containers", (phase, took) -> {});
        if (run.exitCode() != 0) {
            throw new IllegalStateException(
                    greeting + ": the deploy ended with " + run.exitCode() + ": " + run.failure());
        }
        return run;
    }

    private void measure(URI address, DeployCommand command, DemoApplication application, String strategy, int number)
            throws IOException {
        String step = step(strategy, number);
        List<Client> clients = new ArrayList<>();
        Run run;
        try {
            for (int client = 0; client < CLIENTS_A_PAGE; client++) {
                clients.add(Client.start(address.resolve("/")));
                clients.add(Client.start(address.resolve("/slow")));
            }
            run = deploy(command, application, step);
        } finally {
            clients.forEach(Client::close);
        }
        Client.Count count = clients.stream().map(Client::count).reduce(new Client.Count(0, 0, ""), Client.Count::plus);
        double took = run.wall().toMillis() / MILLIS;
        figures.add(
                PART, step, Map.of(REQUESTS, (double) count.requests(), FAILED, (double) count.failed(), TOOK, took));
        progress.done(
                each(strategy),
                String.format(
                        Locale.ROOT,
                        "%s: %.1f s, %d requests, %d failed%s",
                        step,
                        took,
                        count.requests(),
                        count.failed(),
                        count.firstFailure().isEmpty() ? "" : ": " + count.firstFailure()));
    }
}
