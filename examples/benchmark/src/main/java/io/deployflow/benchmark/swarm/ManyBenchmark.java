package io.deployflow.benchmark.swarm;

import io.deployflow.benchmark.Folders;
import io.deployflow.benchmark.Requirement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Behind {@code bin/benchmark many}: how the SSH road grows with the number of hosts. */
@Command(name = "many", description = "Measures how the SSH road's time, memory and threads grow with the hosts.")
final class ManyBenchmark implements Callable<Integer> {
    private static final int HOSTS = 1000;
    /** A tenth of the hosts is the least that is measured, and must be some. */
    private static final int LEAST = 20;

    @Option(names = "--hosts", description = "The most hosts (default: ${DEFAULT-VALUE}). Writes no page if others.")
    private int hosts = HOSTS;

    @Option(names = "--root", required = true, hidden = true, description = "The project's root.")
    private Path root = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final PrintStream out = System.out;

    private ManyBenchmark() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new ManyBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (hosts < LEAST) {
            throw new ParameterException(spec.commandLine(), "--hosts must be %d or more".formatted(LEAST));
        }
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory("deployflow-benchmark-");
        try {
            Growth growth = new GrowthRun(root.resolve("bin/deployflow"), folder, out).run(counts());
            out.printf("%n%s%n%n%s%n", growth.table(), Requirement.table(growth.requirements()));
            if (hosts == HOSTS) {
                keep(growth, Duration.ofNanos(System.nanoTime() - start));
            }
            return growth.requirements().stream().allMatch(Requirement::isReached) ? 0 : 1;
        } finally {
            Folders.delete(folder);
        }
    }

    private List<Integer> counts() {
        return Stream.of(10, 4, 2, 1).map(part -> hosts / part).toList();
    }

    private void keep(Growth growth, Duration took) throws IOException {
        Path written = root.resolve("docs/benchmarks");
        growth.write(written, "bin/benchmark many", Math.max(1, took.toMinutes()));
        out.printf("%nWritten: %s%n", written.resolve("many.md"));
    }
}
