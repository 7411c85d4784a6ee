package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.deployflow.Lane;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Environment;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a comparison predicts of a deploy to two hosts that are near, beside what the fleet then takes, in virtual time,
 * for other numbers of hosts that are not all equally fast, as many at a time as the target says, on a line that all of
 * them share, and far away.
 */
@Timeout(120)
class HostForecastTest {
    private static final int PERCENT = 20;
    private static final int LOGIN = 5;
    private static final int MEASURED = 2;
    private static final long NEAR = 10_000_000_000L;
    private static final List<Work> DEPLOY = List.of(
            new Work("preflight", Duration.ofMillis(250), 2, LOGIN, 0),
            new Work("push", Duration.ofMillis(400), 2, 0, 200_000),
            new Work("rollout", Duration.ofMillis(900), 2, 0, 0),
            new Work("cleanup", Duration.ofMillis(80), 1, 0, 0));

    /** What one host does in a phase, the questions to it, what its login asks besides, and what is sent to it. */
    private record Work(String row, Duration time, int questions, int login, long bytes) {}

    private final Connections connections = new Connections(endpoint -> new LocalHost(), Duration.ofSeconds(1));
    private final VirtualTime time = new VirtualTime();
    private int parallel;
    private Duration lineIsFree = Duration.ZERO;

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 25",
        "10, 0, 0, 25",
        "25, 0, 0, 25",
        "26, 0, 0, 25",
        "50, 0, 0, 25",
        "100, 0, 0, 25",
        "200, 0, 0, 25",
        "2, 20, 0, 25",
        "2, 50, 0, 25",
        "2, 200, 0, 25",
        "50, 50, 0, 25",
        "200, 100, 0, 25",
        "2, 0, 100, 25",
        "2, 0, 10, 25",
        "2, 0, 1, 25",
        "50, 0, 100, 25",
        "100, 0, 10, 25",
        "50, 50, 100, 25",
        "50, 0, 0, 1",
        "50, 0, 0, 10",
        "100, 0, 0, 10",
        "100, 0, 0, 100",
        "200, 0, 0, 100",
        "100, 50, 0, 10",
        "50, 0, 100, 50"
    })
    void forecast_forOtherHosts_isWhatTheFleetTakes(int hosts, int roundTripMillis, int megabits, int atATime) {
        this.parallel = atATime;
        long bandwidth = megabits * 1_000_000L;
        Run near = deploy(MEASURED, Duration.ZERO, NEAR);
        Run real = deploy(hosts, Duration.ofMillis(roundTripMillis), megabits == 0 ? NEAR : bandwidth);
        String conditions = "units=" + hosts + ",rtt=" + roundTripMillis + "ms"
                + (megabits == 0 ? "" : ",bandwidth=" + megabits + "M");

        Forecast forecast =
                Forecast.of(report(near), Conditions.parse(conditions)).get(0);

        assertThat(forecast.predicted().toMillis()).isCloseTo(real.wall().toMillis(), withinPercentage(PERCENT));
    }

    private Run deploy(int hosts, Duration roundTrip, long bandwidth) {
        Duration begun = time.now();
        List<Row> rows = new ArrayList<>();
        Map<Integer, List<Lane.Span>> spans = new ConcurrentHashMap<>();
        for (Work work : DEPLOY) {
            Duration start = time.now();
            onEach(hosts, work, roundTrip, bandwidth, spans);
            rows.add(new Row(
                    work.row(),
                    start.minus(begun),
                    time.now().minus(start),
                    true,
                    work.bytes() * hosts,
                    (long) work.questions() * hosts));
        }
        return new Run(
                "hosts",
                Scenario.CHANGE,
                1,
                Instant.EPOCH.plus(begun),
                time.now().minus(begun),
                rows,
                spans.entrySet().stream()
                        .map(host ->
                                Lane.of("app" + host.getKey(), host.getValue().toArray(Lane.Span[]::new)))
                        .toList(),
                Visits.NONE,
                End.DEPLOYED,
                "",
                Duration.ZERO);
    }

    private void onEach(int hosts, Work work, Duration roundTrip, long bandwidth, Map<Integer, List<Lane.Span>> spans) {
        List<RemoteShell> shells = IntStream.range(0, hosts)
                .mapToObj(number ->
                        new RemoteShell(HostAddress.parse("app" + number), connections, "/srv", Duration.ofSeconds(1)))
                .toList();
        ExecutorService threads = time.threads(Math.min(parallel, hosts));
        try {
            new Fleet(shells, parallel).onEach(Contexts.ofPush(threads), shell -> {
                int number = shells.indexOf(shell);
                Duration from = time.now();
                time.pass(slower(work.time(), number));
                time.pass(roundTrip.multipliedBy(work.questions() + (long) work.login()));
                if (work.bytes() > 0) {
                    time.pass(untilSent(work.bytes(), bandwidth));
                }
                spans.computeIfAbsent(number, none -> new ArrayList<>())
                        .add(new Lane.Span(
                                work.row(), Instant.EPOCH.plus(from), time.now().minus(from), Lane.End.DONE));
                return number;
            });
        } finally {
            threads.shutdown();
        }
    }

    /** No two hosts are equally fast: up to a seventh more or less. */
    private static Duration slower(Duration time, int number) {
        double factor = 1 + Math.sin(number * 2.4) / 7;
        return Duration.ofNanos((long) (time.toNanos() * factor));
    }

    /** One after the other through the one line that the deploying machine has. */
    private synchronized Duration untilSent(long bytes, long bandwidth) {
        Duration now = time.now();
        Duration begin = lineIsFree.compareTo(now) > 0 ? lineIsFree : now;
        lineIsFree = begin.plus(Duration.ofNanos((long) (bytes * 8e9 / bandwidth)));
        return lineIsFree.minus(now);
    }

    private ComparisonReport report(Run run) {
        return new ComparisonReport(
                "shop",
                run.begun(),
                run.wall(),
                1,
                0,
                new Environment("", "", "", ""),
                List.of(new Place("hosts", "ssh", MEASURED, "", List.of(), Optional.of(parallel))),
                List.of(Scenario.CHANGE),
                List.of(),
                List.of(run),
                "");
    }
}
