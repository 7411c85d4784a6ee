package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.deployflow.Prediction;
import io.deployflow.ecs.RolloutSettings.Drain;
import io.deployflow.ecs.SimulatedService.Shape;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Task;

/** Predictions beside what the sandbox's scheduler then takes, in virtual time, on both of its clocks. */
class RolloutForecastTest {
    private static final int PERCENT = 15;
    private static final int ALL = 100;
    private static final Duration AWS_BEAT = Duration.ofMillis(250);
    private static final Duration FAST_BEAT = Duration.ofMillis(50);
    private static final Script SLOW_START =
            Script.GOOD.taking(Duration.ofSeconds(40), Duration.ofSeconds(5), Duration.ofSeconds(2));
    private static final Script SLOW_TO_ANSWER =
            Script.GOOD.taking(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final Script DEAF = Script.GOOD.stopping(Duration.ofSeconds(100), 0);

    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                balanced("a new target group's defaults", 2, 100, 200, 300),
                balanced("AWS's advice for fast services", 2, 100, 200, 5),
                balanced("one task that may be missing", 1, 0, 100, 20),
                balanced("half at a time", 4, 50, 100, 30),
                balanced("a quarter more", 10, 100, 125, 60),
                balanced("two of twenty", 20, 90, 110, 20),
                balanced("one after the other", 5, 100, 120, 15),
                balanced("a hundred tasks", 100, 100, 200, 120),
                new Shape("a slow application", 2, 100, 200, Optional.of(20), Optional.empty(), SLOW_TO_ANSWER),
                balanced("no draining", 6, 50, 150, 0),
                new Shape("no check", 3, 100, 200, Optional.empty(), Optional.empty(), Script.GOOD),
                new Shape("no check, two of eight", 8, 75, 100, Optional.empty(), Optional.empty(), Script.GOOD),
                new Shape("a check of the container", 2, 100, 200, Optional.empty(), Optional.of(30), Script.GOOD),
                new Shape("both checks", 3, 100, 200, Optional.of(30), Optional.of(10), Script.GOOD),
                new Shape("a large image", 2, 100, 200, Optional.of(10), Optional.empty(), SLOW_START),
                new Shape("killed after its stopTimeout", 2, 100, 200, Optional.of(10), Optional.empty(), DEAF));
    }

    private static Shape balanced(String name, int desired, int minimum, int maximum, int drain) {
        return new Shape(name, desired, minimum, maximum, Optional.of(drain), Optional.empty(), Script.GOOD);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void settings_onAwsOwnClock_predictWhatTheRolloutTakes(Shape shape) {
        try (SimulatedSandbox sandbox = Sandbox.simulated().start();
                AwsClients clients = clients(sandbox)) {
            SimulatedService service = new SimulatedService(sandbox, clients, shape, AWS_BEAT);
            service.rollOut(); // How long its tasks take to stop is known from then on.
            RolloutSettings settings = settings(service, clients);

            Duration predicted = sum(RolloutCourse.of(settings));

            assertThat(service.rollOut().toMillis()).isCloseTo(predicted.toMillis(), withinPercentage(PERCENT));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void settings_onTheFastClock_predictWhatTheRolloutTakes(Shape shape) {
        try (SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
                AwsClients clients = clients(sandbox)) {
            SimulatedService service = new SimulatedService(sandbox, clients, quick(shape), FAST_BEAT);
            service.rollOut();
            RolloutSettings settings = compressed(settings(service, clients), shape, service.tasks());

            Duration predicted = sum(RolloutCourse.of(settings, Timings.FAST.scale(RolloutCourse.DECISION)));

            assertThat(service.rollOut().toMillis()).isCloseTo(predicted.toMillis(), withinPercentage(PERCENT));
        }
    }

    @Test
    void predict_withANewTargetGroupsDefaults_namesWhatDominatesAndWhatAnotherValueSaves() {
        try (SimulatedSandbox sandbox = Sandbox.simulated().start();
                AwsClients clients = clients(sandbox)) {
            SimulatedService service =
                    new SimulatedService(sandbox, clients, balanced("defaults", 2, 100, 200, 300), AWS_BEAT);

            Prediction prediction = predict(service, clients);

            assertThat(prediction.group()).isEqualTo("puma");
            assertThat(prediction.savings())
                    .containsExactly(new Prediction.Saving(
                            "deregistration_delay of target group puma", "300 s", "30 s", Duration.ofSeconds(270)));
            assertThat(sum(prediction.parts())).isEqualTo(prediction.shortest());
            assertThat(prediction.parts())
                    .contains(new Prediction.Part("draining", Duration.ofMinutes(5)))
                    .extracting(Prediction.Part::name)
                    .containsExactly("scheduling", "starting", "becoming healthy", "draining", "stopping");
            assertThat(prediction.assumptions())
                    .containsExactly(
                            "a new task answers its first health check; each that it misses costs 30 s",
                            "a task ends at once on SIGTERM, and is not killed after its stopTimeout, 30 s");
            assertThat(service.rollOut().toMillis())
                    .isCloseTo(prediction.shortest().toMillis(), withinPercentage(PERCENT));
        }
    }

    @Test
    void predict_whereCallsAreDenied_saysWhatItAssumedInstead() {
        try (SimulatedSandbox sandbox = Sandbox.simulated().start();
                AwsClients clients = clients(sandbox)) {
            SimulatedService service =
                    new SimulatedService(sandbox, clients, balanced("denied", 2, 100, 200, 5), AWS_BEAT);
            SandboxFaults.deny(sandbox.endpoint(), "DescribeTargetGroups");
            SandboxFaults.deny(sandbox.endpoint(), "DescribeTargetGroupAttributes");
            SandboxFaults.deny(sandbox.endpoint(), "ListTasks");

            Prediction prediction = predict(service, clients);

            assertThat(prediction.parts()).contains(new Prediction.Part("draining", Duration.ofMinutes(5)));
            assertThat(prediction.assumptions())
                    .anySatisfy(assumed -> assertThat(assumed)
                            .startsWith("target group puma checks every 30 s, as by default, for "
                                    + "elasticloadbalancing:DescribeTargetGroups failed: AccessDenied"))
                    .anySatisfy(assumed -> assertThat(assumed)
                            .startsWith("the deregistration_delay of target group puma is 300 s, as by default, for "
                                    + "elasticloadbalancing:DescribeTargetGroupAttributes failed: AccessDenied"))
                    .anySatisfy(assumed -> assertThat(assumed).startsWith("how long tasks took last is not known, for"))
                    .contains("a task is placed and started within 10 s");
        }
    }

    @Test
    void of_aCanary_waitsForTheShareOfTrafficAndTheBakeTimeToo() {
        TrafficShift canary = new TrafficShift(true, Duration.ofMinutes(10), Duration.ofMinutes(20));

        Prediction prediction = RolloutForecast.of("puma", plain(2, 100, 200).with(canary), List.of())
                .orElseThrow();

        assertThat(prediction.parts())
                .contains(
                        new Prediction.Part("shifting traffic", Duration.ofMinutes(10)),
                        new Prediction.Part("baking", Duration.ofMinutes(20)));
        assertThat(prediction.savings())
                .extracting(Prediction.Saving::setting, Prediction.Saving::saves)
                .contains(tuple("bakeTimeInMinutes", Duration.ofMinutes(15)));
    }

    @Test
    void of_manySmallBatches_namesTheMaximumPercent() {
        Prediction prediction =
                RolloutForecast.of("puma", plain(10, 100, 110), List.of()).orElseThrow();

        assertThat(prediction.savings()).extracting(Prediction.Saving::setting).startsWith("maximumPercent");
        assertThat(prediction.savings().get(0).now()).isEqualTo("110 %");
    }

    @Test
    void of_aServiceThatRunsNothingOrCanReplaceNothing_isEmpty() {
        assertThat(RolloutForecast.of("puma", plain(0, 100, 200), List.of())).isEmpty();
        assertThat(RolloutForecast.of("puma", plain(3, 100, 100), List.of())).isEmpty();
    }

    private static RolloutSettings plain(int desired, int minimum, int maximum) {
        return new RolloutSettings(
                new Batch(desired, desired * minimum / ALL, desired * maximum / ALL, false),
                TrafficShift.ROLLING,
                Duration.ofSeconds(10),
                new HealthWait("", "", Duration.ofSeconds(5), "", Duration.ofSeconds(5)),
                Optional.empty(),
                Duration.ofSeconds(5));
    }

    private static Prediction predict(SimulatedService service, AwsClients clients) {
        return new ForecastReader(clients, any -> service.tasks())
                .predict(service.service(), service.definition())
                .orElseThrow();
    }

    /** What AWS would spend is divided; how long tasks took to start and stop was seen on this very clock. */
    private static RolloutSettings compressed(RolloutSettings settings, Shape shape, List<Task> tasks) {
        Timings fast = Timings.FAST;
        Duration first = fast.scale(HealthWait.FIRST_CHECK);
        Duration interval = fast.scale(TargetGroupSettings.DEFAULT_INTERVAL);
        Duration target = first.plus(interval.multipliedBy(TaskTimes.healthy(tasks)
                .filter(seen -> shape.minimum() == ALL)
                .map(seen -> HealthWait.missed(seen, first, interval))
                .orElse(0L)));
        Duration container = shape.check()
                .map(seconds -> fast.scaleTimeout(Duration.ofSeconds(seconds)))
                .orElse(Duration.ZERO);
        Duration checked = shape.drain().isPresent() && target.compareTo(container) > 0 ? target : container;
        Optional<Drain> drain = settings.drain().map(wait -> new Drain(wait.group(), fast.scale(wait.delay())));
        return new RolloutSettings(
                settings.batch(),
                settings.shift(),
                settings.start(),
                settings.check().taking(checked.isZero() ? fast.scale(HealthWait.WITHOUT_CHECK) : checked),
                drain,
                TaskTimes.stop(tasks, drain.map(Drain::delay)).orElseThrow());
    }

    /** Nobody sees how long a task takes to answer where old ones may stop before: there it answers its first check. */
    private static Shape quick(Shape shape) {
        Script script =
                shape.script().taking(shape.script().pull(), shape.script().start(), Duration.ofMillis(100));
        return shape.minimum() == ALL
                ? shape
                : new Shape(
                        shape.name(),
                        shape.desired(),
                        shape.minimum(),
                        shape.maximum(),
                        shape.drain(),
                        shape.check(),
                        script);
    }

    private static RolloutSettings settings(SimulatedService service, AwsClients clients) {
        return new ForecastReader(clients, any -> service.tasks())
                .settings(service.service(), service.definition(), new Assumptions());
    }

    private static Duration sum(List<Prediction.Part> parts) {
        return parts.stream().map(Prediction.Part::took).reduce(Duration.ZERO, Duration::plus);
    }

    private static AwsClients clients(SimulatedSandbox sandbox) {
        return QuickClients.of(
                SettingsText.of("endpoint: " + sandbox.endpoint(), "cluster: app-dev", "region: " + sandbox.region()));
    }
}
