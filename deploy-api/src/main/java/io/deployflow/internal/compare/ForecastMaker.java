package io.deployflow.internal.compare;

import io.deployflow.Lane;
import io.deployflow.Timeline;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Predicts, row by row, from one run. Four things make a row longer: hosts that wait for their turn, bytes on a slower
 * line, questions that are longer on their way, and what ECS and its load balancer wait by default.
 */
public final class ForecastMaker {
    /** What is assumed, and what is left out. */
    public static final List<String> LIMITS = List.of(
            "hosts are worked on as many at a time as the setting parallel of the target said (25 where the data are too old to say),"
                    + " and each as fast as those that were measured; what this machine itself would have more to do is left out",
            "tasks are replaced all at once, as by default (100 % and 200 %), and there is room for them; of more than a"
                    + " hundred, AWS starts some later",
            "a round trip costs each question once, and the login to a host five times more; questions that only look how far"
                    + " ECS is cost nothing, as it goes on meanwhile; requests to a registry that went side by side are counted one"
                    + " after the other, and those of Docker's engine are not known",
            "AWS's default delays: 300 s of draining, 5 s to place and to remove a task, 3 s until a target's first check, which"
                    + " it passes");

    /** What {@code parallel} is by default. */
    private static final int AT_A_TIME = 25;

    private static final int LOGIN = 5;
    private static final int ROLLOUT_QUESTIONS = 2;
    private static final int BITS = 8;
    private static final double NANOS = 1e9;
    private static final Set<String> BY_ECS = Set.of("rollout", "rollback", "scale");
    private static final Map<String, Duration> AWS = Map.of(
            "draining", Duration.ofSeconds(300),
            "placing", Duration.ofSeconds(5),
            "stopping", Duration.ofSeconds(5),
            "becoming healthy", Duration.ofSeconds(3));

    private final Run run;
    private final Conditions conditions;
    private final int unitsThen;
    private final int unitsNow;
    private final int atATime;

    private ForecastMaker(Run run, Place place, Conditions conditions) {
        this.run = run;
        this.conditions = conditions;
        this.unitsThen = Math.max(1, place.units());
        this.unitsNow = conditions.units().orElse(unitsThen);
        this.atATime = place.parallel().orElse(AT_A_TIME);
    }

    /** See {@link Forecast#of}. */
    public static List<Forecast> of(ComparisonReport report, Conditions conditions) {
        List<Forecast> forecasts = new ArrayList<>();
        for (Scenario scenario : report.scenarios()) {
            for (Place place : report.places()) {
                Cell.of(report, place, scenario)
                        .typical()
                        .map(run -> new ForecastMaker(run, place, conditions).forecast())
                        .ifPresent(forecasts::add);
            }
        }
        return forecasts;
    }

    /** See {@link Forecast#table}. */
    public static String table(List<Forecast> forecasts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "target", "measured", "predicted", "most of it"));
        for (Forecast forecast : forecasts) {
            rows.add(List.of(
                    forecast.scenario().title(),
                    forecast.place(),
                    Words.time(forecast.measured()),
                    Words.time(forecast.predicted()),
                    forecast.parts().stream()
                            .max((one, other) -> one.predicted().compareTo(other.predicted()))
                            .map(part -> part.name() + " " + Words.time(part.predicted()))
                            .orElse("-")));
        }
        return MarkdownPage.table(rows, 2) + "\n";
    }

    private Forecast forecast() {
        List<Forecast.Part> parts = run.rows().stream()
                .map(row -> new Forecast.Part(row.name(), row.took(), row.took().plus(more(row))))
                .toList();
        Duration predicted = parts.stream().map(Forecast.Part::predicted).reduce(run.unaccounted(), Duration::plus);
        return new Forecast(run.place(), run.scenario(), run.wall(), predicted, parts);
    }

    private Duration more(Row row) {
        return turns(row).plus(transfer(row)).plus(questions(row)).plus(delays(row));
    }

    /** Whether the units are hosts: of tasks the lanes name the service. */
    private boolean isOnHosts() {
        return run.lanes().stream().anyMatch(lane -> lane.group().isEmpty());
    }

    /** Hosts beyond those that are worked on at a time each begin where one is done, not where all are. */
    private Duration turns(Row row) {
        int more = turns(unitsNow) - turns(unitsThen);
        return isOnHosts() ? average(row).multipliedBy(more) : Duration.ZERO;
    }

    private int turns(int hosts) {
        return (hosts + atATime - 1) / atATime;
    }

    /** What a host took in a row. */
    private Duration average(Row row) {
        Instant from = run.begun().plus(row.start());
        Instant until = from.plus(row.took());
        Duration all = run.lanes().stream()
                .map(lane -> lane.spans().stream()
                        .filter(span ->
                                !span.start().isBefore(from) && span.start().isBefore(until))
                        .map(Lane.Span::took)
                        .reduce(Duration.ZERO, Duration::plus))
                .map(took -> took.compareTo(row.took()) < 0 ? took : row.took())
                .reduce(Duration.ZERO, Duration::plus);
        return all.dividedBy(run.lanes().size());
    }

    /** An image goes to a registry once, a directory to each host. */
    private Duration transfer(Row row) {
        if (conditions.bandwidth().isEmpty()) {
            return Duration.ZERO;
        }
        double copies = isOnHosts() ? (double) unitsNow / unitsThen : 1;
        double seconds = row.bytes() * copies * BITS / conditions.bandwidth().get();
        return Duration.ofNanos((long) (seconds * NANOS));
    }

    private Duration questions(Row row) {
        return conditions.roundTrip().multipliedBy(isOnHosts() ? hostQuestions(row) : apiQuestions(row));
    }

    /** Hosts are asked side by side. */
    private long hostQuestions(Row row) {
        long each = (row.calls() + unitsThen - 1) / unitsThen;
        return (each + (row.name().equals("preflight") ? LOGIN : 0)) * turns(unitsNow);
    }

    private static long apiQuestions(Row row) {
        return BY_ECS.contains(row.name()) ? Math.min(ROLLOUT_QUESTIONS, row.calls()) : row.calls();
    }

    private Duration delays(Row row) {
        if (!conditions.awsDelays() || isOnHosts() || !BY_ECS.contains(row.name())) {
            return Duration.ZERO;
        }
        Timeline during = new Timeline(run.begun().plus(row.start()), List.of(), run.lanes(), row.took());
        return during.shares().stream()
                .map(share -> AWS.getOrDefault(share.name(), Duration.ZERO).minus(share.took()))
                .filter(more -> !more.isNegative())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
