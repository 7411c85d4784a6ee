package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this road must reach, as ratios of the same run. */
final class Requirements {
    private static final String OURS = "deployflow";
    private static final String CAPISTRANO = "Capistrano";
    private static final String PLAIN = "plain ssh delta";
    private static final String PLAIN_JAVA = "plain JSch delta";
    private static final String PLAIN_TREE = "ssh + tar";
    private static final Duration FAR = Duration.ofMillis(50);

    private final Results results;

    private Requirements(Results results) {
        this.results = results;
    }

    static List<Requirement> of(Results results) {
        return new Requirements(results).all();
    }

    private List<Requirement> all() {
        List<Requirement> all = new ArrayList<>();
        for (Scenario change : List.of(Scenario.CHANGE_AND_PRUNE, Scenario.CHANGE)) {
            all.add(wall(new Cell(change, 25, Duration.ZERO), CAPISTRANO, 1.0 / 8));
            all.add(wall(new Cell(change, 25, Duration.ZERO), PLAIN, 1.5));
            all.add(wall(new Cell(change, 1, Duration.ZERO), CAPISTRANO, 1.0 / 3));
            all.add(wall(new Cell(change, 10, FAR), CAPISTRANO, 1.0 / 8));
        }
        Cell first = new Cell(Scenario.FIRST, 25, Duration.ZERO);
        all.add(wall(first, CAPISTRANO, 1.0 / 2));
        all.add(processor(first));
        return all;
    }

    private Requirement wall(Cell cell, String other, double limit) {
        Optional<Duration> compared = results.wall(cell, other);
        Optional<Duration> floor = other.equals(CAPISTRANO) ? results.wall(cell, floor(cell)) : Optional.empty();
        return new Requirement(
                place(cell) + ": wall time against " + other,
                limit,
                ratio(results.wall(cell, OURS), compared),
                ratio(floor, compared),
                ratio(results.wall(cell, PLAIN_JAVA), compared),
                detail(results.wall(cell, OURS), compared));
    }

    /** Capistrano's hosts pull and unpack by themselves: its total is what the whole machine spent. */
    private Requirement processor(Cell cell) {
        Optional<Duration> total = results.machine(cell, CAPISTRANO);
        return new Requirement(
                place(cell) + ": the controller's processor time against Capistrano's total",
                1.0 / 2,
                ratio(results.cpu(cell, OURS), total),
                Optional.empty(),
                Optional.empty(),
                detail(results.cpu(cell, OURS), total));
    }

    private static String floor(Cell cell) {
        return cell.scenario() == Scenario.FIRST ? PLAIN_TREE : PLAIN;
    }

    private static String detail(Optional<Duration> mine, Optional<Duration> other) {
        return mine.isPresent() && other.isPresent()
                ? Seconds.of(mine.get()) + " s, " + Seconds.of(other.get()) + " s"
                : "";
    }

    private static Optional<Double> ratio(Optional<Duration> one, Optional<Duration> other) {
        return one.flatMap(mine -> other.map(its -> ratio(mine, its)));
    }

    private static double ratio(Duration one, Duration other) {
        return (double) one.toMillis() / Math.max(1, other.toMillis());
    }

    private static String place(Cell cell) {
        return "%s, %d %s%s"
                .formatted(
                        cell.scenario().title(),
                        cell.hosts(),
                        cell.hosts() == 1 ? "host" : "hosts",
                        cell.latency().isZero() ? "" : ", " + cell.latency().toMillis() + " ms");
    }
}
