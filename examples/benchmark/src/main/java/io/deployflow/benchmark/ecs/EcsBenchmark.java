package io.deployflow.benchmark.ecs;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Folders;
import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.Progress;
import io.deployflow.benchmark.Requirement;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Behind {@code bin/benchmark ecs}: how soon the ECS road knows what became of a rollout, and whether clients notice.
 */
@Command(name = "ecs", description = "Measures how soon and how surely the ECS road tells what became of a rollout.")
final class EcsBenchmark implements Callable<Integer> {
    private static final int COMPLETIONS = 30;
    private static final int ROLLOUTS = 20;
    private static final int SERVICES = 50;

    @Option(names = "--quick", description = "3 completions, 1 rollout of each strategy. Writes no page.")
    private boolean quick;

    @Option(names = "--completions", description = "Rollouts completed between 5 and 120 s (default: 30).")
    private int completions;

    @Option(names = "--rollouts", description = "Rollouts under load of each strategy (default: 20).")
    private int rollouts;

    @Option(names = "--services", description = "Services deployed at once (default: 50).")
    private int services = SERVICES;

    @Option(names = "--fresh", description = "Begins anew instead of going on where the last run was interrupted.")
    private boolean fresh;

    @Option(names = "--root", required = true, hidden = true, description = "The project's root.")
    private Path root = Path.of(".");

    private final PrintStream out = System.out;

    private EcsBenchmark() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new EcsBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        completions = completions > 0 ? completions : quick ? 3 : COMPLETIONS;
        rollouts = rollouts > 0 ? rollouts : quick ? 1 : ROLLOUTS;
        String command = "bin/benchmark ecs --completions %d --rollouts %d --services %d"
                .formatted(completions, rollouts, services);
        Path kept = root.resolve("examples/benchmark/target/ecs-figures.csv");
        if (fresh) {
            Files.deleteIfExists(kept);
        }
        Figures figures = Figures.resume(kept, command);
        Path folder = Files.createTempDirectory("deployflow-benchmark-");
        try {
            measure(folder, figures);
        } finally {
            Folders.delete(folder);
        }
        return conclude(new Page(figures, facts(command)));
    }

    private void measure(Path folder, Figures figures) throws IOException {
        Progress progress = new Progress(out);
        Completions latency = new Completions(root, folder, figures, progress, completions);
        Failures failures = new Failures(root, folder, figures, progress);
        ManyServices many = new ManyServices(root, folder, figures, progress, services);
        UnderLoad underLoad = new UnderLoad(root, folder, figures, progress, rollouts);
        out.println(progress);
        warmUp(folder);
        latency.run();
        failures.run();
        many.run();
        underLoad.run();
    }

    /** The launcher builds what is not built, and its first command has the class-data archive made: once a machine. */
    private void warmUp(Path folder) throws IOException {
        try (Lane lane = Lane.start(root, folder.resolve("warm"), Timings.FAST, List.of("puma"), 1)) {
            lane.deploy(Script.GOOD);
        }
    }

    private Page.Facts facts(String command) {
        return new Page.Facts(
                command,
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").format(LocalDateTime.now(ZoneOffset.UTC)),
                Machine.description(),
                services);
    }

    private int conclude(Page page) throws IOException {
        List<Requirement> requirements = page.requirements();
        out.printf("%n%s%n", Requirement.table(requirements));
        if (!quick) {
            Path written = root.resolve("docs/benchmarks");
            page.write(written);
            out.printf("%nWritten: %s%n", written.resolve("ecs.md"));
        }
        page.figures().forget();
        return requirements.stream().allMatch(Requirement::isReached) ? 0 : 1;
    }
}
