package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.deployflow.Lane;
import io.deployflow.PastRollout;
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
import io.deployflow.ecs.SimulatedService.Shape;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a comparison predicts of a rollout of two tasks on the compressed clock, beside what the sandbox's scheduler
 * then takes, in virtual time, for other numbers of tasks and with AWS's own delays.
 */
class ComparisonForecastTest {
    private static final int PERCENT = 20;
    private static final Duration BEAT = Duration.ofMillis(50);

    private static ComparisonReport measured = report(List.of(), Instant.EPOCH, Duration.ZERO);

    @BeforeAll
    static void measure() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        try (SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
                AwsClients clients = clients(sandbox)) {
            SimulatedService service = service(sandbox, clients, 2);
            Duration took = service.rollOut();
            PastRollout past = new PastRollouts(
                            clients, new TaskNames(false), any -> service.tasks(), NamedRelease::new)
                    .of(service.service(), sandbox.clock().instant())
                    .get(0);
            measured = report(past.timeline().lanes(), past.timeline().begun(), took);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4", "10", "50", "100"})
    void forecast_forOtherNumbersOfTasks_isWhatTheSchedulerTakes(int tasks) {
        try (SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
                AwsClients clients = clients(sandbox)) {
            Duration real = service(sandbox, clients, tasks).rollOut();

            assertThat(predicted("units=" + tasks).toMillis()).isCloseTo(real.toMillis(), withinPercentage(PERCENT));
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4", "10", "50", "100"})
    void forecast_forAwsOwnDelays_isWhatTheSchedulerTakes(int tasks) {
        try (SimulatedSandbox sandbox = Sandbox.simulated().start();
                AwsClients clients = clients(sandbox)) {
            Duration real = service(sandbox, clients, tasks).rollOut();

            assertThat(predicted("delays=aws,units=" + tasks).toMillis())
                    .isCloseTo(real.toMillis(), withinPercentage(PERCENT));
        }
    }

    private static Duration predicted(String conditions) {
        return Forecast.of(measured, Conditions.parse(conditions)).get(0).predicted();
    }

    private static AwsClients clients(SimulatedSandbox sandbox) {
        return QuickClients.of(
                SettingsText.of("endpoint: " + sandbox.endpoint(), "cluster: app-dev", "region: " + sandbox.region()));
    }

    /** With the deregistration delay of a new target group, 300 s. */
    private static SimulatedService service(SimulatedSandbox sandbox, AwsClients clients, int tasks) {
        Shape shape = new Shape("puma", tasks, 100, 200, Optional.of(300), Optional.empty(), Script.GOOD);
        return new SimulatedService(sandbox, clients, shape, BEAT);
    }

    private static ComparisonReport report(List<Lane> lanes, Instant begun, Duration took) {
        Row row = new Row("rollout", Duration.ZERO, took, true, 0, 8);
        Run run = new Run(
                "puma",
                Scenario.CHANGE,
                1,
                begun,
                took,
                List.of(row),
                lanes,
                Visits.NONE,
                End.DEPLOYED,
                "",
                Duration.ZERO);
        return new ComparisonReport(
                "shop",
                begun,
                took,
                1,
                0,
                new Environment("", "", "", ""),
                List.of(new Place("puma", "ecs", 2, "", List.of())),
                List.of(Scenario.CHANGE),
                List.of(),
                List.of(run),
                "");
    }
}
