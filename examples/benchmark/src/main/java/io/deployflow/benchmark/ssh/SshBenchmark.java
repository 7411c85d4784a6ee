package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Folders;
import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Behind {@code bin/benchmark ssh}: measures the SSH road against other tools, and tells and writes the figures. */
@Command(name = "ssh", description = "Measures the SSH road against Capistrano, rsync and plain ssh on this machine.")
final class SshBenchmark implements Callable<Integer> {
    private static final int FILES = 2000;
    private static final int BYTES = 10_240;
    private static final int RUNS = 3;
    /** What is repeated goes into this; each figure is taken once, however long that takes. */
    private static final Duration BUDGET = Duration.ofMinutes(19);

    @Option(names = "--quick", description = "1 and 10 hosts, one run each: about 3 minutes. Writes no page.")
    private boolean quick;

    @Option(names = "--hosts", split = ",", description = "Numbers of hosts (default: 1,10,25,50).")
    private List<Integer> hosts = List.of();

    @Option(
            names = "--latency",
            split = ",",
            description = "Round trips to add, in milliseconds: 0 and at most one more (default: 0,50).")
    private List<Integer> latency = List.of();

    @Option(names = "--runs", description = "How often each figure is taken (default: 3, with --quick 1).")
    private int runs;

    @Option(names = "--root", required = true, hidden = true, description = "The project's root.")
    private Path root = Path.of(".");

    private final PrintStream out = System.out;

    private SshBenchmark() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new SshBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        applyDefaults();
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory("deployflow-benchmark-");
        Page page = measure(folder, start);
        conclude(page);
        return page.requirements().stream()
                        .allMatch(one -> one.isReached() || one.measured().isEmpty())
                ? 0
                : 1;
    }

    private void applyDefaults() {
        if (hosts.isEmpty()) {
            hosts = quick ? List.of(1, 10) : List.of(1, 10, 25, 50);
        }
        if (latency.isEmpty()) {
            latency = quick ? List.of(0) : List.of(0, 50);
        }
        if (runs == 0) {
            runs = quick ? 1 : RUNS;
        }
    }

    private Page measure(Path folder, long start) throws IOException {
        Source source = Source.make(folder.resolve("shop"), FILES, BYTES);
        source.pack();
        List<Duration> latencies =
                latency.stream().sorted().map(Duration::ofMillis).toList();
        out.printf("Starting %d hosts%n", Collections.max(hosts));
        Results results = new Results();
        try (TestBed bed = TestBed.start(Collections.max(hosts), Collections.max(latencies), source, folder)) {
            List<Tool> tools = tools(bed, source, folder);
            new Schedule(bed, source, tools, results, runs, BUDGET, out).run(hosts, latencies);
            List<String> names = tools.stream().map(Tool::name).toList();
            return new Page(results, names, facts(bed, start));
        } finally {
            Folders.delete(folder);
        }
    }

    private List<Tool> tools(TestBed bed, Source source, Path folder) {
        Path tree = source.directory();
        return List.of(
                new DeployflowTool(root.resolve("bin/deployflow"), bed.ssh(), tree, folder),
                new CapistranoTool(bed.capistrano()),
                new ShellTool(ShellTool.Way.TAR, bed.ssh(), tree, folder),
                new ShellTool(ShellTool.Way.RSYNC, bed.ssh(), tree, folder),
                new ShellTool(ShellTool.Way.DELTA, bed.ssh(), tree, folder),
                new ShellTool(ShellTool.Way.JAVA, bed.ssh(), tree, folder));
    }

    private Page.Facts facts(TestBed bed, long start) {
        return new Page.Facts(
                "bin/benchmark ssh --hosts %s --latency %s --runs %d".formatted(list(hosts), list(latency), runs),
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").format(LocalDateTime.now(ZoneOffset.UTC)),
                Machine.description(),
                bed.versions(),
                Math.max(1, Duration.ofNanos(System.nanoTime() - start).toMinutes()));
    }

    private static String list(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private void conclude(Page page) throws IOException {
        for (Scenario scenario : Scenario.values()) {
            page.table().wall(scenario).ifPresent(rows -> out.printf("%n%s, seconds%n%s%n", scenario.title(), rows));
        }
        out.printf("%n%s%n", Tables.requirements(page.requirements()));
        if (!quick) {
            Path written = root.resolve("docs/benchmarks");
            page.write(written);
            out.printf("%nWritten: %s%n", written.resolve("ssh.md"));
        }
    }
}
