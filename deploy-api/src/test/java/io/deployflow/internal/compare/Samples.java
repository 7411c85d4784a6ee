package io.deployflow.internal.compare;

import io.deployflow.Lane;
import io.deployflow.Lane.Span;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Environment;
import io.deployflow.compare.ComparisonReport.Omission;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Reports of comparisons that nobody made, with times as they are in the sandbox; the same each time. */
public final class Samples {
    static final Instant BEGUN = Instant.parse("2026-01-02T03:04:05Z");

    private static final Environment ENVIRONMENT =
            new Environment("2 processors, Linux", "Java 17", "deployflow 1.0", "the sandbox, its delays compressed");

    /** What a unit does, and for about which share of the run. */
    private record Part(String name, double share, Lane.End end) {
        Part(String name, double share) {
            this(name, share, Lane.End.DONE);
        }
    }

    private static final List<Part> HOST = List.of(
            new Part("connect", 0.18), new Part("stage", 0.18), new Part("switch", 0.18), new Part("health", 0.18));
    private static final List<Part> NEW = List.of(
            new Part("placing", 0.05),
            new Part("pulling", 0.15),
            new Part("starting", 0.15),
            new Part("becoming healthy", 0.15),
            new Part(Lane.SERVING, 0.2, Lane.End.OPEN));
    private static final List<Part> OLD =
            List.of(new Part(Lane.SERVING, 0.5), new Part("draining", 0.1), new Part("stopping", 0.05));
    private static final List<Part> BROKEN = List.of(
            new Part("placing", 0.05),
            new Part("pulling", 0.15),
            new Part("starting", 0.15),
            new Part("becoming healthy", 0.15, Lane.End.FAILED),
            new Part("draining", 0.1),
            new Part("stopping", 0.05));
    private static final List<Part> STAYS = List.of(new Part(Lane.SERVING, 0.7, Lane.End.OPEN));

    private final Random random = new Random(7);
    private List<String> serving = List.of();
    private int revision = 17;

    private Samples() {}

    /** A few runs on two targets, two of them not as they should be. */
    public static ComparisonReport small() {
        return new Samples().report(List.of("containers", "hosts"), 5, 2);
    }

    /** As large as the page must bear: runs of all scenarios on three targets with many units. */
    public static ComparisonReport large() {
        return new Samples().report(List.of("containers", "hosts", "third-way"), 50, 100);
    }

    private ComparisonReport report(List<String> places, int runs, int units) {
        List<Scenario> scenarios = List.of(Scenario.values());
        List<Run> all = new ArrayList<>();
        Instant now = BEGUN;
        for (Step step : Step.all(places, scenarios, 1, runs)) {
            boolean isOmitted =
                    step.scenario() == Scenario.DEPENDENCY && step.place().equals("third-way");
            if (!isOmitted) {
                Run run = run(step, now, units);
                all.add(run);
                now = now.plus(run.wall()).plusSeconds(1);
            }
        }
        return new ComparisonReport(
                "shop",
                BEGUN,
                Duration.between(BEGUN, now),
                runs,
                1,
                ENVIRONMENT,
                places.stream()
                        .map(name -> new Place(
                                name,
                                isContainers(name) ? "ecs" : "ssh",
                                units,
                                isContainers(name) ? "puma:17" : "",
                                List.of("http://127.0.0.1:8080/"),
                                isContainers(name) ? Optional.empty() : Optional.of(25)))
                        .toList(),
                scenarios,
                places.contains("third-way")
                        ? List.of(new Omission("third-way", Scenario.DEPENDENCY, "its container has the packages"))
                        : List.of(),
                all,
                "");
    }

    private static boolean isContainers(String place) {
        return place.equals("containers");
    }

    private Run run(Step step, Instant begun, int units) {
        boolean isContainers = isContainers(step.place());
        boolean isBroken = step.scenario() == Scenario.BROKEN;
        boolean fails = step.number() == 3
                && step.scenario() == Scenario.CHANGE
                && step.place().equals("hosts");
        List<Row> rows = new ArrayList<>();
        add(rows, Recorder.OPEN, 12, 0, 0, true);
        add(rows, "preflight", isContainers ? 420 : 260, 0, 6, true);
        if (step.scenario() == Scenario.SCALE && isContainers) {
            add(rows, "scale", 2600, 0, 9, true);
        } else {
            boolean isRollback = step.scenario() == Scenario.ROLLBACK;
            if (!isRollback) {
                add(rows, "build", isContainers ? 700 : 30, 0, 0, true);
                add(rows, "push", bytes(step, isContainers) / 400 + 120, bytes(step, isContainers), 4, true);
            }
            add(rows, "rollout", isContainers ? 3400 : isBroken ? 10_400 : 650, 0, 14, !isBroken && !fails);
            if (isBroken || fails) {
                add(rows, "rollback", isContainers ? 900 : 600, 0, 5, !fails);
            }
            add(rows, "cleanup", 45, 0, 2, true);
        }
        add(rows, Recorder.CLOSE, 8, 0, 0, true);
        Duration wall = rows.stream().map(Row::took).reduce(Duration.ofMillis(1), Duration::plus);
        return new Run(
                step.place(),
                step.scenario(),
                step.number(),
                begun,
                wall,
                rows,
                lanes(step, begun, wall, units),
                new Visits(wall.toMillis() / 20, fails ? 3 : 0, fails ? "http://127.0.0.1:8080/ answers 502" : ""),
                fails ? End.NOT_RESTORED : isBroken ? End.RESTORED : End.DEPLOYED,
                fails
                        ? "app2 could not be put back: <connection lost>"
                        : isBroken ? "GET /health answers 500 instead of 200" : "",
                Duration.ofNanos(90_000));
    }

    private static long bytes(Step step, boolean isContainers) {
        return switch (step.scenario()) {
            case FIRST -> isContainers ? 2_400_000 : 41_000;
            case DEPENDENCY -> isContainers ? 900_000 : 1_400;
            case NONE -> 0;
            default -> isContainers ? 3_100 : 460;
        };
    }

    private void add(List<Row> rows, String name, long millis, long bytes, long calls, boolean succeeded) {
        Duration start = rows.isEmpty()
                ? Duration.ZERO
                : rows.get(rows.size() - 1)
                        .start()
                        .plus(rows.get(rows.size() - 1).took());
        long nanos = (long) (millis * 1e6 * (0.9 + random.nextGaussian() * 0.04 + random.nextDouble() * 0.15));
        rows.add(new Row(name, start, Duration.ofNanos(nanos), succeeded, bytes, calls));
    }

    private List<Lane> lanes(Step step, Instant begun, Duration wall, int units) {
        return isContainers(step.place())
                ? tasks(step.scenario(), begun.plus(wall.dividedBy(5)), wall, units)
                : IntStream.rangeClosed(1, units)
                        .mapToObj(unit -> Lane.of(
                                "app" + unit,
                                chain(begun.plusMillis(15), HOST, wall).toArray(Span[]::new)))
                        .toList();
    }

    /**
     * As the rollouts of ECS tell them: the tasks that serve, which were the new ones of the run before, and as many
     * new ones. Where one more is asked for, that one only.
     */
    private List<Lane> tasks(Scenario scenario, Instant created, Duration wall, int units) {
        if (scenario == Scenario.SCALE) {
            return lanes(taskNames(1), false, created, NEW, wall);
        }
        List<String> old = serving.isEmpty() ? taskNames(units) : serving;
        List<String> added = taskNames(units);
        boolean isBroken = scenario == Scenario.BROKEN;
        List<Lane> lanes = new ArrayList<>(lanes(old, true, created, isBroken ? STAYS : OLD, wall));
        revision++;
        lanes.addAll(lanes(added, false, created, isBroken ? BROKEN : NEW, wall));
        serving = isBroken ? old : added;
        return lanes;
    }

    private List<Lane> lanes(List<String> names, boolean replaced, Instant created, List<Part> parts, Duration wall) {
        return names.stream()
                .map(name -> new Lane(
                        name,
                        "puma",
                        "puma:" + revision,
                        replaced,
                        chain(replaced ? created : created.plusMillis(random.nextInt(90)), parts, wall)))
                .toList();
    }

    private List<String> taskNames(int count) {
        return IntStream.range(0, count)
                .mapToObj(any -> String.format("%08x", random.nextInt()))
                .toList();
    }

    private List<Span> chain(Instant start, List<Part> parts, Duration wall) {
        List<Span> spans = new ArrayList<>();
        Instant from = start;
        for (Part part : parts) {
            Duration took =
                    Duration.ofMillis((long) (wall.toMillis() * part.share() * (0.7 + random.nextDouble() * 0.5)));
            spans.add(new Span(part.name(), from, took, part.end()));
            from = from.plus(took);
        }
        return spans;
    }
}
