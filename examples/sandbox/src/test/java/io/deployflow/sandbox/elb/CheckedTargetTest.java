package io.deployflow.sandbox.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.port.HealthProbe.Result;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedTargetTest {

    private static final Result OK = new Result.Answered(200);
    private static final Result BROKEN = new Result.Answered(503);
    private static final HealthCheckSettings SETTINGS =
            new HealthCheckSettings("/", "traffic-port", Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2, "200");

    private final CheckedTarget target = new CheckedTarget(Instant.EPOCH);

    @Test
    void newTarget_isInitialUntilItsFirstCheck() {
        assertThat(target.health().reason()).isEqualTo("Elb.RegistrationInProgress");
        target.sent(Instant.EPOCH, Duration.ofSeconds(30));
        assertThat(target.health().reason()).isEqualTo("Elb.InitialHealthChecking");
    }

    @Test
    void newTarget_isHealthyAfterOnePass() {
        check(OK);
        assertThat(target.health().state()).isEqualTo(TargetState.HEALTHY);
    }

    @Test
    void newTarget_isUnhealthyAfterAsManyFailuresAsTheThreshold() {
        check(BROKEN);
        assertThat(target.health().state()).isEqualTo(TargetState.INITIAL);
        check(BROKEN);
        assertThat(target.health())
                .isEqualTo(new TargetHealth(
                        TargetState.UNHEALTHY,
                        "Target.ResponseCodeMismatch",
                        "Health checks failed with these codes: [503]"));
    }

    @Test
    void unhealthyTarget_needsTheWholeThresholdToRecover() {
        check(BROKEN, BROKEN, OK, OK, OK, OK);
        assertThat(target.health().state()).isEqualTo(TargetState.UNHEALTHY);
        check(OK);
        assertThat(target.health().state()).isEqualTo(TargetState.HEALTHY);
    }

    @Test
    void healthyTarget_forgivesASingleFailure() {
        check(OK, BROKEN, OK, BROKEN);
        assertThat(target.health().state()).isEqualTo(TargetState.HEALTHY);
    }

    @Test
    void failure_namesItsReason() {
        check(new Result.TimedOut(), new Result.TimedOut());
        assertThat(target.health().reason()).isEqualTo("Target.Timeout");
        check(new Result.Unreachable("refused"));
        assertThat(target.health().reason()).isEqualTo("Target.FailedHealthChecks");
    }

    @Test
    void due_waitsForTheIntervalAndForTheAnswer() {
        target.sent(Instant.EPOCH, Duration.ofSeconds(30));
        assertThat(target.due(Instant.EPOCH.plusSeconds(60)))
                .as("no answer yet")
                .isFalse();
        target.checked(OK, SETTINGS);
        assertThat(target.due(Instant.EPOCH.plusSeconds(29))).isFalse();
        assertThat(target.due(Instant.EPOCH.plusSeconds(30))).isTrue();
    }

    @Test
    void drainingTarget_ignoresChecksAndIsDrainedAfterTheDelay() {
        check(OK);
        target.deregister(Instant.EPOCH, Duration.ofMinutes(5));
        target.checked(OK, SETTINGS);

        assertThat(target.health().state()).isEqualTo(TargetState.DRAINING);
        assertThat(target.due(Instant.EPOCH.plusSeconds(60))).isFalse();
        assertThat(target.drained(Instant.EPOCH.plusSeconds(299))).isFalse();
        assertThat(target.drained(Instant.EPOCH.plusSeconds(300))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"200,200,true", "'200,202',202,true", "200-399,399,true", "200-399,400,false", "200,20,false"})
    void matcher_namesStatusesAndRanges(String matcher, int status, boolean passes) {
        HealthCheckSettings settings = new HealthCheckSettings(
                "/", "traffic-port", Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2, matcher);
        assertThat(settings.passes(status)).isEqualTo(passes);
    }

    private void check(Result... results) {
        for (Result result : results) {
            target.sent(Instant.EPOCH, Duration.ofSeconds(30));
            target.checked(result, SETTINGS);
        }
    }
}
