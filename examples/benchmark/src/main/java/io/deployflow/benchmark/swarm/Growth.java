package io.deployflow.benchmark.swarm;

import io.deployflow.benchmark.LineChart;
import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.MarkdownTable;
import io.deployflow.benchmark.Requirement;
import io.deployflow.benchmark.Seconds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the time of one changed file grows with the number of hosts, where the hosts cost next to nothing.
 *
 * @param first the first deploy, to as many hosts as the last step's
 * @param steps from the fewest hosts to the most
 */
record Growth(Step first, List<Step> steps) {
    /** How much more a host may cost among many than among few, and still be called linear. */
    private static final double LINEAR = 1.5;

    /** How many threads more one host more may take, and still be called none. */
    private static final double THREADS_A_HOST = 0.1;

    private static final int HEAP_MEGABYTES = 256;

    /**
     * One deploy.
     *
     * @param hosts how many
     * @param wall its time
     * @param cpu processor time of the machine that deploys
     * @param heapMegabytes the most that was in use after a collection, of whichever kind; the heap's limit was 256
     * @param threads the most that ran, of the operating system's
     */
    record Step(int hosts, Duration wall, Duration cpu, double heapMegabytes, int threads) {
        double millisAHost() {
            return (double) wall.toMillis() / hosts;
        }
    }

    Growth {
        steps = List.copyOf(steps);
    }

    /** Time for each host: growth that is linear is a level line. */
    private LineChart chart() {
        List<LineChart.Point> points = steps.stream()
                .map(step -> new LineChart.Point(step.hosts(), step.millisAHost()))
                .toList();
        return new LineChart(
                "One changed file, hosts within one process",
                "hosts",
                "milliseconds a host, logarithmic",
                List.of(new LineChart.Series("deployflow", 0, points)));
    }

    List<Requirement> requirements() {
        Step least = steps.get(0);
        Step most = steps.get(steps.size() - 1);
        double heap = all().mapToDouble(Step::heapMegabytes).max().orElse(0);
        return List.of(
                new Requirement(
                        "a host among %d against a host among %d".formatted(most.hosts(), least.hosts()),
                        LINEAR,
                        Optional.of(most.millisAHost() / least.millisAHost()),
                        "%.0f ms, %.0f ms".formatted(most.millisAHost(), least.millisAHost())),
                new Requirement(
                        "MB of heap (it ran with -Xmx%dm)".formatted(HEAP_MEGABYTES),
                        HEAP_MEGABYTES,
                        Optional.of(heap),
                        ""),
                new Requirement(
                        "threads for one host more",
                        THREADS_A_HOST,
                        Optional.of((double) (most.threads() - least.threads()) / (most.hosts() - least.hosts())),
                        "%d, %d".formatted(most.threads(), least.threads())));
    }

    /** Every deploy, in a table. */
    String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "deploy",
                "hosts",
                "seconds",
                "ms a host",
                "processor seconds",
                "heap after a collection, MB",
                "threads"));
        all().forEach(step -> rows.add(List.of(
                step.equals(first) ? "first" : "one changed file",
                String.valueOf(step.hosts()),
                Seconds.of(step.wall()),
                String.format(Locale.ROOT, "%.0f", step.millisAHost()),
                Seconds.of(step.cpu()),
                String.format(Locale.ROOT, "%.0f", step.heapMegabytes()),
                String.valueOf(step.threads()))));
        return MarkdownTable.of(rows, 1);
    }

    private Stream<Step> all() {
        return Stream.concat(steps.stream(), Stream.of(first));
    }

    /**
     * Writes {@code many.md} and its plot.
     *
     * @param command what was typed
     * @param minutes how long all of it took
     */
    void write(Path folder, String command, long minutes) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("many.svg"), chart().svg());
        Files.writeString(folder.resolve("many.md"), """
                # Many hosts

                Written by `%s` on %s: %s, Java %s. It took %d minutes.

                SSH servers within one process on the machine that deploys (Apache MINA sshd), each with a directory of its own in
                which a real `sh` runs what it is sent; a tree of 20 small files, default settings. After each deploy every host's
                live release is read. The processors are the limit: each host is a handshake on both sides and some tens of
                processes, and all hosts share them. Each figure is taken once.

                ![One changed file, hosts within one process](many.svg)

                %s

                ## What it must reach
                %s

                The heap is what is left after a collection, mostly of young objects: older ones that nobody needs any longer are in it,
                until the limit makes the JVM look for them. A thread is one of the operating system's: a connection has one on Java 17 to
                23, and none from Java 24 on.
                """.formatted(
                        command,
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.description(),
                        System.getProperty("java.version"),
                        minutes,
                        table(),
                        Requirement.table(requirements())));
    }
}
