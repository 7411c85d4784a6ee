package io.deployflow.ecs;

import static io.deployflow.ecs.EcsEndpoint.OUT_OF_ORDER;
import static io.deployflow.ecs.EcsEndpoint.deployment;
import static io.deployflow.ecs.EcsEndpoint.service;
import static io.deployflow.ecs.EcsEndpoint.times;
import static io.deployflow.ecs.EcsEndpoint.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.Release;
import io.deployflow.RolloutException;
import io.deployflow.TargetLockedException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollouts on an endpoint that answers what ECS answers only now and then. */
class EcsRolloutTest {
    private static final Pace FAST = Paces.every(Duration.ofMillis(20));
    private static final EcsEndpoint.Answer OLD = service(deployment("PRIMARY", 17, "COMPLETED", 1));
    private static final EcsEndpoint.Answer HALFWAY =
            service(deployment("PRIMARY", 18, "IN_PROGRESS", 0), deployment("ACTIVE", 17, "COMPLETED", 1));
    private static final EcsEndpoint.Answer NEW = service(deployment("PRIMARY", 18, "COMPLETED", 1));
    private static final EcsEndpoint.Answer BEGUN =
            updated(deployment("PRIMARY", 18, "IN_PROGRESS", 0), deployment("ACTIVE", 17, "COMPLETED", 1));

    private final EcsEndpoint endpoint = new EcsEndpoint();
    private final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    private final CancellationToken token = CancellationToken.create();
    private final DeployContext context = Contexts.ofRollout(events::add, token, Clock.systemUTC());
    private final EcsSettings settings = endpoint.settings();
    private final AwsClients clients = QuickClients.of(settings);
    private final EcsRollout rollout = new EcsRollout(
            settings,
            clients,
            new EcsGateway(clients, settings),
            new ImageRegistry(clients, settings.image(), Clock.systemUTC()),
            EngineRoad.plan(settings.image()),
            FAST);

    @BeforeEach
    void begin() {
        endpoint.says("UpdateService", BEGUN);
    }

    @AfterEach
    void close() {
        clients.close();
        endpoint.close();
    }

    @Test
    void rollout_whileAwsIsOutOfOrderForAMoment_goesOnAndSaysSo() {
        endpoint.says("DescribeServices", times(2, OLD, times(4, OUT_OF_ORDER, HALFWAY, NEW)));

        RolloutResult result = rollout.rollout(release(18), context);

        assertThat(result.failure()).isEmpty();
        assertThat(endpoint.calls("UpdateService")).isOne();
        assertThat(events).filteredOn(DeployEvent.Warning.class::isInstance).hasSize(1);
    }

    @Test
    void rollout_whenTheServiceIsShownAsItWasBefore_waitsUntilItsOwnDeploymentIsShown() {
        endpoint.says("DescribeServices", times(5, OLD, HALFWAY, NEW));

        assertThat(rollout.rollout(release(18), context).failure()).isEmpty();
    }

    @Test
    void rollout_whenEcsWentBack_fails() {
        endpoint.says("DescribeServices", OLD, OLD, HALFWAY, OLD);

        assertThat(rollout.rollout(release(18), context).failure())
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("ECS takes it back", "went back to puma:17");
    }

    @Test
    void rollout_whereEcsNamesNoRolloutState_waitsForTheTasks() {
        EcsEndpoint.Answer halfway = service(deployment("PRIMARY", 18, "", 0), deployment("ACTIVE", 17, "", 1));
        endpoint.says("UpdateService", updated(deployment("PRIMARY", 18, "", 0), deployment("ACTIVE", 17, "", 1)));
        endpoint.says(
                "DescribeServices",
                times(
                        2,
                        service(deployment("PRIMARY", 17, "", 1)),
                        times(3, halfway, service(deployment("PRIMARY", 18, "", 1)))));

        assertThat(rollout.rollout(release(18), context).failure()).isEmpty();
        assertThat(endpoint.calls("DescribeServices")).isEqualTo(6);
    }

    @Test
    void rollback_ofAReleaseThatServedBeforeTheDeploy_changesNothing() {
        endpoint.says("DescribeServices", NEW);

        assertThat(rollout.rollout(release(18), context).failure()).isEmpty();
        RolloutResult result = rollout.rollback(release(18), context);

        assertThat(result.failure()).isEmpty();
        assertThat(endpoint.calls("UpdateService")).isZero();
        assertThat(endpoint.calls("TagResource")).isZero();
    }

    @Test
    void rollback_afterSomebodyElseWasFirst_leavesTheirDeploymentAlone() {
        endpoint.says(
                "DescribeServices",
                service(deployment("PRIMARY", 30, "IN_PROGRESS", 0), deployment("ACTIVE", 17, "COMPLETED", 1)));

        RolloutResult result = rollout.rollout(release(18), context);

        assertThat(result.failure()).get().isInstanceOf(TargetLockedException.class);
        assertThat(rollout.rollback(release(18), context).failure()).isEmpty();
        assertThat(endpoint.calls("UpdateService")).isZero();
        assertThat(endpoint.calls("TagResource")).isZero();
        assertThat(rollout.takenBack(release(18))).isEqualTo(Release.State.STAGED);
    }

    @Test
    void rollout_whileOneOfItsOwnIsInFlight_saysHowNotToWait() {
        endpoint.says("DescribeTaskDefinition", new EcsEndpoint.Answer(200, """
                {"taskDefinition":{},"tags":[{"key":"deployflow:revision","value":"r17"}]}"""));
        endpoint.says("DescribeServices", service(deployment("PRIMARY", 17, "IN_PROGRESS", 0)), OLD, OLD, HALFWAY, NEW);

        assertThat(rollout.rollout(release(18), context).failure()).isEmpty();
        assertThat(events)
                .filteredOn(DeployEvent.Output.class::isInstance)
                .anySatisfy(event -> assertThat(event.toString()).contains("waits for", "in_flight: replace"));
    }

    @Test
    void rollback_whenTheUpdateWasDenied_changesNothing() {
        endpoint.says("DescribeServices", OLD).says("UpdateService", EcsEndpoint.DENIED);

        assertThatThrownBy(() -> rollout.rollout(release(18), context))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("ecs:UpdateService");
        assertThat(rollout.rollback(release(18), context).failure()).isEmpty();
        assertThat(endpoint.calls("UpdateService")).isOne();
    }

    @Test
    void rollback_whenTheAnswerOfTheUpdateWasLost_goesBack() {
        endpoint.says("DescribeServices", OLD, OLD, HALFWAY, OLD)
                .says("UpdateService", times(3, OUT_OF_ORDER, updated(deployment("PRIMARY", 17, "IN_PROGRESS", 1))));

        assertThatThrownBy(() -> rollout.rollout(release(18), context)).isInstanceOf(DeployException.class);
        assertThat(rollout.rollback(release(18), context).failure()).isEmpty();
        assertThat(endpoint.calls("UpdateService")).isEqualTo(4);
        assertThat(endpoint.calls("TagResource")).isPositive();
        assertThat(rollout.takenBack(release(18))).isEqualTo(Release.State.FAILED);
    }

    @Test
    void rollback_whenTheServiceIsStillShownAsItWasBefore_goesBackAllTheSame() {
        endpoint.says("DescribeServices", OLD).says("UpdateService", BEGUN);
        endpoint.when("UpdateService", token::cancel);
        assertThatThrownBy(() -> rollout.rollout(release(18), context)).isInstanceOf(DeployCancelledException.class);
        endpoint.says("DescribeServices", times(3, OLD, HALFWAY, OLD));

        assertThat(rollout.rollback(release(18), context).failure()).isEmpty();
        assertThat(endpoint.requests("UpdateService")).hasSize(2);
        assertThat(endpoint.requests("UpdateService").get(1)).contains("puma:17");
    }

    @Test
    void rollback_whileAwsIsOutOfOrderForAMoment_goesBackAllTheSame() {
        endpoint.says("DescribeServices", OLD, OLD, service(deployment("PRIMARY", 18, "FAILED", 0)));
        rollout.rollout(release(18), context);
        endpoint.says("DescribeServices", times(4, OUT_OF_ORDER, times(1, HALFWAY, times(4, OUT_OF_ORDER, OLD))));

        assertThat(rollout.rollback(release(18), context).failure()).isEmpty();
        assertThat(endpoint.calls("UpdateService")).isEqualTo(2);
    }

    @Test
    void rollback_whenSomebodyElseHasTakenOver_leavesTheirsAndSaysSo() {
        EcsEndpoint.Answer theirs = service(deployment("PRIMARY", 30, "COMPLETED", 1));
        endpoint.says("DescribeServices", OLD, OLD, HALFWAY, theirs);

        assertThat(rollout.rollout(release(18), context).failure()).isPresent();
        assertThat(rollout.rollback(release(18), context).failure())
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("puma:30 has taken over");
        assertThat(endpoint.calls("UpdateService")).isOne();
    }

    @Test
    void rollback_whereTheOneBeforeWasReplacedHalfway_goesBackToWhatServedAlone() {
        EcsEndpoint.Answer before = service(
                deployment("PRIMARY", 20, "FAILED", 0),
                deployment("ACTIVE", 19, "IN_PROGRESS", 1),
                deployment("ACTIVE", 17, "COMPLETED", 1));
        EcsEndpoint.Answer failed =
                service(deployment("PRIMARY", 18, "FAILED", 0), deployment("ACTIVE", 17, "COMPLETED", 1));
        endpoint.says("DescribeServices", before, before, failed, failed, failed, OLD);

        assertThat(rollout.rollout(release(18), context).failure()).isPresent();
        assertThat(rollout.rollback(release(18), context).failure()).isEmpty();
        assertThat(endpoint.requests("UpdateService").get(1)).contains("puma:17");
        assertThat(endpoint.requests("TagResource")).noneMatch(request -> request.contains("puma:19"));
    }

    @Test
    void rollout_whenTheServiceWasChangedSinceTheCopyWasMade_changesNothing() {
        endpoint.says("DescribeServices", OLD);

        assertThatThrownBy(() -> rollout.rollout(release(18, Optional.of(EcsEndpoint.taskDefinition(16))), context))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("changed to puma:17 since puma:18 was made from puma:16");
        assertThat(rollout.rollback(release(18), context).failure()).isEmpty();
        assertThat(endpoint.calls("UpdateService")).isZero();
        assertThat(endpoint.calls("TagResource")).isZero();
    }

    @Test
    void rollout_whenTheCopyIsOfAReleaseThatWasTakenBackSince_goesOn() {
        endpoint.says("DescribeServices", OLD, OLD, HALFWAY, NEW);
        endpoint.says(
                "DescribeTaskDefinition", new EcsEndpoint.Answer(200, """
                {"taskDefinition":{},"tags":[{"key":"deployflow:revision","value":"r19"},\
                {"key":"deployflow:state","value":"failed"},{"key":"deployflow:base","value":"%s"}]}""".formatted(EcsEndpoint.taskDefinition(17))));

        assertThat(rollout.rollout(release(18, Optional.of(EcsEndpoint.taskDefinition(19))), context)
                        .failure())
                .isEmpty();
    }

    @Test
    void rollout_ofAnOlderRelease_replacesAnyOther() {
        endpoint.says("DescribeServices", OLD, OLD, HALFWAY, NEW);

        assertThat(rollout.rollout(release(18), context).failure()).isEmpty();
    }

    @Test
    void rollout_ofWhatIsLiveButDoesNotRun_failsAndChangesNothing() {
        endpoint.says("DescribeServices", service(deployment("PRIMARY", 18, "COMPLETED", 0)));

        assertThat(rollout.rollout(release(18), context).failure())
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("has puma:18 already, but only 0 of 1 tasks run");
        assertThat(endpoint.calls("UpdateService")).isZero();
    }

    @Test
    void rollout_thatTakesTooLong_namesTheTimeoutAndTheSlowPhase() {
        EcsSettings impatient = endpoint.settings(Duration.ofSeconds(1));
        endpoint.says("DescribeServices", OLD, OLD, HALFWAY);

        assertThat(new EcsRollout(
                                impatient,
                                clients,
                                new EcsGateway(clients, impatient),
                                new ImageRegistry(clients, impatient.image(), Clock.systemUTC()),
                                EngineRoad.plan(impatient.image()),
                                FAST)
                        .rollout(release(18), context)
                        .failure())
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("took longer than 'timeout: 1s': no task of it was started");
    }

    private static EcsRelease release(int number) {
        return release(number, Optional.empty());
    }

    private static EcsRelease release(int number, Optional<String> base) {
        return new EcsRelease(
                List.of(new EcsRelease.Part("puma", EcsEndpoint.taskDefinition(number), base)),
                "r" + number,
                Instant.EPOCH,
                "alice@laptop",
                Release.State.STAGED);
    }
}
