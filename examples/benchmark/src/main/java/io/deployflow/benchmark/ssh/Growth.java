package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.MarkdownTable;
import io.deployflow.benchmark.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one changed file grows with the number of hosts, where the hosts cost next to nothing.
 *
 * @param steps from the fewest hosts to the most
 */
record Growth(List<Step> steps) {
    /** How much more a host may cost among many than among few, and still be called linear. */
    private static final double LINEAR = 1.5;

    private static final int HEAP_MEGABYTES = 256;

    /**
     * One deploy.
     *
     * @param hosts how many
     * @param wall its time
     * @param cpu processor time of the machine that deploys
     * @param heapMegabytes the most that was in use after a collection; the heap's limit was 256
     * @param threads the most that ran
     */
    record Step(int hosts, Duration wall, Duration cpu, double heapMegabytes, int threads) {
        double millisAHost() {
            return (double) wall.toMillis() / hosts;
        }
    }

    Growth {
        steps = List.copyOf(steps);
    }

    LineChart chart() {
        List<LineChart.Point> points = steps.stream()
                .map(step -> new LineChart.Point(step.hosts(), step.wall().toMillis() / 1000.0))
                .toList();
        return new LineChart(
                "one changed file, hosts within one process",
                "hosts",
                "seconds, logarithmic",
                List.of(new LineChart.Series("deployflow", 0, points)));
    }

    List<Requirement> requirements() {
        Step least = steps.get(0);
        Step most = steps.get(steps.size() - 1);
        double heap = steps.stream().mapToDouble(Step::heapMegabytes).max().orElse(0);
        return List.of(
                new Requirement(
                        "a host among %d against a host among %d".formatted(most.hosts(), least.hosts()),
                        LINEAR,
                        Optional.of(most.millisAHost() / least.millisAHost()),
                        "%.1f ms, %.1f ms".formatted(most.millisAHost(), least.millisAHost())),
                new Requirement(
                        "MB of heap, %d hosts (it ran with -Xmx%dm)".formatted(most.hosts(), HEAP_MEGABYTES),
                        HEAP_MEGABYTES,
                        Optional.of(heap),
                        "%d threads at most".formatted(most.threads())));
    }

    String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "hosts", "seconds", "ms a host", "processor seconds", "heap after a collection, MB", "threads"));
        for (Step step : steps) {
            rows.add(List.of(
                    String.valueOf(step.hosts()),
                    Seconds.of(step.wall()),
                    String.format(Locale.ROOT, "%.1f", step.millisAHost()),
                    Seconds.of(step.cpu()),
                    String.format(Locale.ROOT, "%.0f", step.heapMegabytes()),
                    String.valueOf(step.threads())));
        }
        return MarkdownTable.of(rows, 0);
    }

    String text() {
        return """
                ## Many hosts
                One changed file to SSH servers within one process on the same machine (Apache MINA sshd), each with a directory of
                its own in which a real `sh` runs what it is sent; a tree of 20 small files, default settings. The processors are
                the limit: each host is a handshake on both sides and some tens of processes.

                %s
                """.formatted(table());
    }
}
