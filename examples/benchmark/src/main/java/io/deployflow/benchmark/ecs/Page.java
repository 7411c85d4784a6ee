package io.deployflow.benchmark.ecs;

import io.deployflow.benchmark.BarChart;
import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.MarkdownTable;
import io.deployflow.benchmark.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The page of one run, its plots, and every single figure.
 *
 * @param figures all that was measured
 * @param facts what was typed, when, and on what
 */
record Page(Figures figures, Facts facts) {
    private static final double MEDIAN_LATE = 1;
    private static final double WORST_LATE = 2;
    private static final int BESIDE = 6;
    private static final double THIRD = 1 / 3.0;
    private static final int CALLS_A_SECOND = 10;

    /**
     * What a reader must know to repeat it.
     *
     * @param command what was typed
     * @param date when, as a person reads it
     * @param machine processors, memory, kernel
     * @param services how many were deployed at once
     */
    record Facts(String command, String date, String machine, int services) {}

    /** Writes {@code ecs.md}, {@code ecs.csv} and the plots into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ecs-latency.svg"), latencies().svg());
        Files.writeString(folder.resolve("ecs-failures.svg"), failures().svg());
        Files.writeString(folder.resolve("ecs.csv"), figures.csv());
        Files.writeString(folder.resolve("ecs.md"), text());
    }

    /** What must be reached. */
    List<Requirement> requirements() {
        List<Requirement> all = new ArrayList<>();
        String completed = range(Completions.COMPLETED, "%d completions after %.0f to %.0f s");
        all.add(completions(
                "command's end after the completion, median, s",
                MEDIAN_LATE,
                Completions.LATE,
                Page::median,
                completed));
        all.add(completions(
                "command's end after the completion, worst, s", WORST_LATE, Completions.LATE, Page::most, completed));
        all.add(completions(
                "calls of a rollout beside one a look, most",
                BESIDE,
                Completions.BESIDE,
                Page::most,
                range(Completions.LOOKS, "%d rollouts of %.0f to %.0f looks")));
        Failures.CASES.forEach(one -> all.add(failure(one)));
        all.add(busiest(ManyServices.PLAIN));
        all.add(busiest(ManyServices.THROTTLED));
        UnderLoad.STRATEGIES.forEach(strategy -> all.add(underLoad(strategy)));
        return all;
    }

    private Requirement completions(
            String title, double limit, String measure, Function<List<Double>, Double> of, String detail) {
        List<Double> values = figures.of(Completions.PART, "", measure);
        return new Requirement(
                title, limit, values.isEmpty() ? Optional.empty() : Optional.of(of.apply(values)), detail);
    }

    private String range(String measure, String pattern) {
        List<Double> values = figures.of(Completions.PART, "", measure);
        return values.isEmpty() ? "-" : format(pattern, values.size(), least(values), most(values));
    }

    private Requirement failure(Failures.Case one) {
        Optional<Double> ours = failure(one, Failures.DESIRED.get(0), Failures.OURS);
        Optional<Double> breaker = failure(one, Failures.DESIRED.get(0), Failures.BREAKER);
        return new Requirement(
                one.name() + ": known, of the breaker's time, from the first task",
                THIRD,
                ours.flatMap(mine -> breaker.map(its -> mine / its)),
                format("%.1f s, %.1f s", ours.orElse(0.0), breaker.orElse(0.0)));
    }

    private Optional<Double> failure(Failures.Case one, int desired, String measure) {
        return Optional.of(figures.of(Failures.PART, one.steps(desired), measure))
                .filter(values -> !values.isEmpty())
                .map(Page::median);
    }

    private Requirement busiest(String step) {
        return new Requirement(
                "%d services, %s: calls in the busiest second".formatted(facts.services(), step),
                CALLS_A_SECOND,
                figures.one(ManyServices.PART, step, ManyServices.BUSIEST),
                format(
                        "%.0f calls in %.1f s",
                        figures.one(ManyServices.PART, step, ManyServices.CALLS).orElse(0.0),
                        figures.one(ManyServices.PART, step, ManyServices.TOOK).orElse(0.0)));
    }

    private Requirement underLoad(String strategy) {
        List<Double> failed = figures.of(UnderLoad.PART, strategy, UnderLoad.FAILED);
        return new Requirement(
                strategy + ": failed requests",
                0,
                failed.isEmpty() ? Optional.empty() : Optional.of(sum(failed)),
                format(
                        "%d rollouts, %,.0f requests",
                        failed.size(), sum(figures.of(UnderLoad.PART, strategy, UnderLoad.REQUESTS))));
    }

    private DotChart latencies() {
        List<Double> completed = figures.of(Completions.PART, "", Completions.COMPLETED);
        List<Double> late = figures.of(Completions.PART, "", Completions.LATE);
        return new DotChart(
                "From the completion of a rollout to the command's end",
                "seconds until ECS completed the rollout",
                "seconds",
                IntStream.range(0, completed.size())
                        .mapToObj(number -> new DotChart.Dot(completed.get(number), late.get(number)))
                        .toList(),
                List.of(new DotChart.Line("median limit", MEDIAN_LATE), new DotChart.Line("worst limit", WORST_LATE)));
    }

    private BarChart failures() {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Failures.Case one : Failures.CASES) {
            int desired = Failures.DESIRED.get(0);
            failure(one, desired, Failures.OURS)
                    .ifPresent(ours -> bars.add(new BarChart.Bar(one.name() + ": deployflow", ours, 0)));
            failure(one, desired, Failures.BREAKER)
                    .ifPresent(its -> bars.add(new BarChart.Bar(one.name() + ": circuit breaker", its, 1)));
        }
        return new BarChart("Until a release that fails is known to", "s", bars);
    }

    private String failureTable() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "release",
                "tasks",
                "first task",
                "known",
                "ended",
                "circuit breaker",
                "ratio",
                "ratio from the update"));
        for (Failures.Case one : Failures.CASES) {
            for (int desired : Failures.DESIRED) {
                double ours = failure(one, desired, Failures.OURS).orElse(0.0);
                double breaker = failure(one, desired, Failures.BREAKER).orElse(1.0);
                double first = failure(one, desired, Failures.UPDATE).orElse(0.0);
                rows.add(List.of(
                        one.name(),
                        Integer.toString(desired),
                        format("%.1f", first),
                        format("%.1f", ours),
                        format("%.1f", failure(one, desired, Failures.EXIT).orElse(0.0)),
                        format("%.1f", breaker),
                        format("%.2f", ours / breaker),
                        format("%.2f", (first + ours) / (first + breaker))));
            }
        }
        return MarkdownTable.of(rows, 1);
    }

    private String text() {
        return """
                # How soon the ECS road knows

                Written by `%s`, %s, on %s. Repeat it with the same command: it sets up everything by itself.

                ## What it must reach
                %s

                ## From the completion to the command's end
                ![From the completion of a rollout to the command's end](ecs-latency.svg)

                Each is a whole `deployflow deploy` as a person starts it, against the sandbox's scheduler in real time: two tasks
                behind a load balancer, ECS's own delays compressed, and a pull that takes as long as is wanted. The time is from
                `finishedAt` of ECS's record until the process was gone, so that it holds the last look, the cleanup, the report and
                the end of the JVM. %d run at once, each on a sandbox of its own. Calls are counted from the look at the services
                before `UpdateService` until the last one at the tasks; a look is what comes after a pause.

                ## Releases that fail
                ![Until a release that fails is known to](ecs-failures.svg)

                %s

                On ECS's own delays. The circuit breaker waits for three failed tasks, or half of those wanted: with one task after
                the other it takes longest, and with four at once it has three failures as soon as there is one. Where it is as fast
                as that, its verdict is what is reported. "First task" is in seconds from `UpdateService`, until the scheduler decides for
                the first time; all others are in seconds from that task, as nobody can know anything before. The report has the
                cause in each case, and the exit code is 5. The breaker's time is the same release without anybody who watches. Medians:
                an update meets the scheduler, which decides every five seconds, at any moment.

                ## Clients
                The Puma application in real containers behind HAProxy, ECS's own delays compressed; two clients ask for a page that
                answers at once, two for one that takes 0.4 s, each on a new connection, from before the deploy until after it.
                Every deploy builds and pushes an image. BLUE_GREEN has a bake time of a minute (4 s compressed).

                Every single figure: [ecs.csv](ecs.csv).
                """.formatted(
                        facts.command(),
                        facts.date(),
                        facts.machine(),
                        Requirement.table(requirements()),
                        Completions.LANES,
                        failureTable());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(value -> value).max().orElse(0);
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(value -> value).min().orElse(0);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(value -> value).sum();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
