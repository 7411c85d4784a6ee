package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Folders;
import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.Timed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Behind {@code bin/benchmark layers}: one changed file as an image, and the whole deploy of it on both roads. */
@Command(name = "layers", description = "Measures images of layers against docker build and docker push.")
final class LayersBenchmark implements Callable<Integer> {
    private static final int FILES = 2000;
    private static final int BYTES = 10_240;
    private static final int DEPENDENCIES = 400;
    private static final int DEPENDENCY_BYTES = 204_800;
    private static final int BASE_MEGABYTES = 130;
    private static final int LARGE_MEGABYTES = 2048;
    private static final int BLOCK = 1 << 20;
    private static final Pattern SENT = Pattern.compile("sent (\\d+) bytes");
    private static final Pattern CONFIGURATION = Pattern.compile("configuration +push 100% \\([^/]*/([0-9.]+) kB\\)");

    @Option(names = "--quick", description = "One round, a layer of 200 MB instead of 2 GB. Writes no page.")
    private boolean quick;

    @Option(names = "--runs", description = "How often each figure is taken (default: 5, with --quick 1).")
    private int runs;

    @Option(
            names = "--parts",
            split = ",",
            description = "What is measured: ${COMPLETION-CANDIDATES} (default: all). Writes no page unless it is all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--root", required = true, hidden = true, description = "The project's root.")
    private Path root = Path.of(".");

    private final PrintStream out = System.out;

    /** What can be measured alone. */
    enum Part {
        images,
        large,
        deploys
    }

    private LayersBenchmark() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new LayersBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        int rounds = runs > 0 ? runs : quick ? 1 : 5;
        Path folder = Files.createTempDirectory("deployflow-benchmark-");
        long start = System.nanoTime();
        Figures figures = new Figures();
        out.println("Starting the sandbox, and pushing the base images");
        try (Bench bench = Bench.start(folder, BASE_MEGABYTES)) {
            if (parts.contains(Part.images)) {
                images(bench, folder, rounds, figures);
            }
            if (parts.contains(Part.large)) {
                large(bench, folder, figures);
            }
            if (parts.contains(Part.deploys)) {
                new WholeDeploy(bench, root, folder, out).run(rounds, figures);
            }
        } finally {
            Folders.delete(folder);
        }
        Page page = new Page(figures, rounds, (System.nanoTime() - start) / 60_000_000_000L + 1);
        out.printf("%n%s%n", page.tables());
        if (!quick && parts.size() == Part.values().length) {
            page.write(root.resolve("docs/benchmarks"));
        }
        return page.isReached() ? 0 : 1;
    }

    private void images(Bench bench, Path folder, int rounds, Figures figures) throws IOException {
        Source source = Source.make(folder.resolve("shop"), FILES, BYTES);
        addDependencies(source.directory(), bench.base());
        for (Scenario scenario : Scenario.values()) {
            source.change(scenario.file());
        }
        source.pack();
        List<ImageTool> tools = List.of(
                new LayersTool(bench, root.resolve("bin/deployflow"), source.directory(), folder),
                new DockerTool(bench, source.directory(), false),
                new DockerTool(bench, source.directory(), true),
                new CurlTool(bench, source.directory()),
                new JvmTool());
        for (ImageTool tool : tools) {
            tool.forget();
        }
        for (ImageTool tool : tools) {
            for (int time = 0; tool.takesPart(Scenario.WARM) && time < tool.practice(); time++) {
                out.println("Not measured: " + tool.title());
                source.change(Scenario.WARM.file());
                Bench.require(tool.buildAndPush(Scenario.WARM));
            }
        }
        // All that is warm comes first: what a tool has forgotten for a fresh machine it would make anew in the next
        // run.
        for (Scenario scenario : Scenario.values()) {
            for (int round = 0; round < rounds; round++) {
                source.change(scenario.file());
                List<ImageTool> turns = new ArrayList<>(tools);
                turns.removeIf(tool -> !tool.takesPart(scenario));
                Collections.rotate(turns, round);
                for (ImageTool tool : turns) {
                    if (scenario == Scenario.COLD) {
                        tool.forget();
                    }
                    once(bench, tool, scenario, figures);
                }
            }
        }
    }

    private void once(Bench bench, ImageTool tool, Scenario scenario, Figures figures) {
        long before = bench.sent();
        Timed run = Bench.require(tool.buildAndPush(scenario));
        long sent = bench.sent() - before;
        figures.add(scenario.title(), tool.title(), run.wall(), sent, layers(run.output()));
        out.printf(
                Locale.ROOT,
                "%-35s %-30s %7.2f s  %,12d bytes to the registry%n",
                scenario.title(),
                tool.title(),
                run.wall().toMillis() / 1000.0,
                sent);
    }

    /**
     * What of all that was sent were layers, by what the command tells: each blob with its size, the configuration too.
     */
    static long layers(String output) {
        Matcher sent = SENT.matcher(output);
        Matcher configuration = CONFIGURATION.matcher(output);
        double kilobytes = configuration.find() ? Double.parseDouble(configuration.group(1)) : 0;
        return sent.find() ? Long.parseLong(sent.group(1)) - (long) (kilobytes * 1e3) : 0;
    }

    private static void addDependencies(Path source, String base) throws IOException {
        Random random = new Random(11);
        Path vendor = Files.createDirectories(source.resolve("vendor"));
        for (int i = 0; i < DEPENDENCIES; i++) {
            byte[] content = new byte[DEPENDENCY_BYTES];
            random.nextBytes(content);
            Arrays.fill(content, DEPENDENCY_BYTES / 2, DEPENDENCY_BYTES, (byte) 'x');
            Files.write(vendor.resolve("library-%03d".formatted(i)), content);
        }
        Files.writeString(source.resolve("Dockerfile"), """
                FROM %s
                COPY vendor /app/vendor
                COPY app /app/app
                COPY version.txt /app/
                CMD ["bin/serve"]
                """.formatted(base));
    }

    /** What does not fit into the heap goes through it. */
    private void large(Bench bench, Path folder, Figures figures) throws IOException {
        int megabytes = quick ? LARGE_MEGABYTES / 10 : LARGE_MEGABYTES;
        out.printf("Packing and pushing a layer of %d MB%n", megabytes);
        Path source = Files.createDirectories(folder.resolve("large"));
        byte[] block = new byte[BLOCK];
        new Random(3).nextBytes(block);
        try (OutputStream file = Files.newOutputStream(source.resolve("large"))) {
            for (int i = 0; i < megabytes; i++) {
                file.write(block);
            }
        }
        LayersTool tool = new LayersTool(
                bench, root.resolve("bin/deployflow"), source, Files.createDirectories(folder.resolve("large-build")));
        Timed run = Bench.require(tool.run(Map.of("DEPLOYFLOW_JAVA_OPTS", "-Xmx128m")));
        figures.large(megabytes, run.wall());
        out.printf(
                Locale.ROOT,
                "a layer of %d MB with a heap of 128 MB: %.1f s%n",
                megabytes,
                run.wall().toMillis() / 1e3);
    }
}
