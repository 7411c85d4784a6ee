package io.deployflow.benchmark.swarm;

import io.deployflow.benchmark.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Deploys one changed file to more and more hosts within one process. */
final class GrowthRun {
    private static final int FILES = 20;
    private static final int BYTES = 1000;
    private static final Pattern COLLECTION = Pattern.compile("->(\\d+)M\\(");

    private final Path launcher;
    private final Path folder;
    private final PrintStream out;

    GrowthRun(Path launcher, Path folder, PrintStream out) {
        this.launcher = launcher;
        this.folder = folder;
        this.out = out;
    }

    /** Measures each number of hosts once, the most first: then all hosts of each have the same release before. */
    Growth run(List<Integer> counts) throws IOException {
        Source source = Source.make(folder.resolve("small"), FILES, BYTES);
        Path hosts = Files.createDirectory(folder.resolve("swarm"));
        List<Growth.Step> steps = new ArrayList<>();
        int most = Collections.max(counts);
        try (Swarm swarm = Swarm.start(most, hosts)) {
            out.printf("%nA first deploy to %d hosts within one process%n", most);
            Growth.Step first = deploy(swarm, source, most);
            for (int count : counts.stream().sorted(Collections.reverseOrder()).toList()) {
                source.change();
                steps.add(0, deploy(swarm, source, count));
            }
            return new Growth(first, steps);
        }
    }

    private Growth.Step deploy(Swarm swarm, Source source, int count) throws IOException {
        Path file = Files.writeString(folder.resolve("many.yml"), swarm.deployFile(count, source.directory()));
        Path log = folder.resolve("collections.log");
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.toString(), "deploy", "many", "--file", file.toString(), "--output", "plain")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("many.log").toFile());
        builder.environment().put("DEPLOYFLOW_JAVA_OPTS", "-Xmx256m -Xlog:gc:file=" + log);
        long start = System.nanoTime();
        Watched watched = Watched.untilEnd(builder.start());
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        check(watched.status() == 0, Files.readString(folder.resolve("many.log"), StandardCharsets.UTF_8));
        for (int number = 1; number <= count; number++) {
            check(swarm.live(number, Source.CHANGING).equals(source.versionText()), "host " + number + " is stale");
        }
        Growth.Step step = new Growth.Step(count, wall, watched.cpu(), mostAfterACollection(log), watched.threads());
        out.printf(
                Locale.ROOT,
                "%4d hosts  %6.2f s  %5.1f ms a host  processor %5.2f s  heap %.0f MB  %d threads%n",
                count,
                wall.toMillis() / 1000.0,
                step.millisAHost(),
                step.cpu().toMillis() / 1000.0,
                step.heapMegabytes(),
                step.threads());
        return step;
    }

    private static void check(boolean right, String problem) {
        if (!right) {
            throw new IllegalStateException("deploying to many hosts: " + problem);
        }
    }

    private static double mostAfterACollection(Path log) throws IOException {
        return COLLECTION
                .matcher(Files.readString(log))
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .max()
                .orElse(0);
    }
}
