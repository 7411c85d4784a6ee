package io.deployflow.ecs;

import static io.deployflow.ecs.Fixtures.ATTEMPT;
import static io.deployflow.ecs.Fixtures.NEW;
import static io.deployflow.ecs.Fixtures.OLD;
import static io.deployflow.ecs.Fixtures.OTHER;
import static io.deployflow.ecs.Fixtures.deployment;
import static io.deployflow.ecs.Fixtures.exited;
import static io.deployflow.ecs.Fixtures.record;
import static io.deployflow.ecs.Fixtures.service;
import static io.deployflow.ecs.Fixtures.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ecs.RolloutVerdict.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class RolloutVerdictTest {
    private static final Deployment OURS_GOES_ON = deployment("ecs-svc/2", "PRIMARY", NEW, "IN_PROGRESS", "");
    private static final Deployment OURS_DONE = deployment("ecs-svc/2", "PRIMARY", NEW, "COMPLETED", "");
    private static final Deployment OLD_DRAINS = deployment("ecs-svc/1", "ACTIVE", OLD, "COMPLETED", "");

    @ParameterizedTest
    @CsvSource({
        "PENDING, RUNNING",
        "IN_PROGRESS, RUNNING",
        "SUCCESSFUL, SUCCEEDED",
        "STOPPED, STOPPED",
        "STOP_REQUESTED, STOPPED",
        "ROLLBACK_REQUESTED, ROLLED_BACK",
        "ROLLBACK_IN_PROGRESS, ROLLED_BACK",
        "ROLLBACK_SUCCESSFUL, ROLLED_BACK",
        "ROLLBACK_FAILED, ROLLED_BACK",
        "A_STATUS_OF_TOMORROW, RUNNING"
    })
    void of_aServiceDeployment_goesByItsStatus(String status, Outcome expected) {
        assertThat(byRecord(status, service(OURS_GOES_ON, OLD_DRAINS)).outcome())
                .isEqualTo(expected);
    }

    @Test
    void of_aRecordThatGoesOn_doesNotSucceedBecauseTheServiceLooksDone() {
        assertThat(byRecord("IN_PROGRESS", service(OURS_DONE)).outcome()).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void of_aRollbackThatIsSteadyAgain_isNoSuccess() {
        Service steady = service(deployment("ecs-svc/1", "PRIMARY", OLD, "COMPLETED", ""));

        assertThat(byRecord("ROLLBACK_SUCCESSFUL", steady).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(byService(steady).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void of_aStoppedRecord_saysWhatEcsSays() {
        ServiceDeployment why =
                record("STOPPED").toBuilder().statusReason("stopped by alice").build();

        assertThat(RolloutVerdict.of(ATTEMPT, new Observation(service(OURS_GOES_ON), Optional.of(why), List.of())))
                .isEqualTo(new RolloutVerdict(Outcome.STOPPED, "stopped by alice"));
        assertThat(byRecord("STOPPED", service(OURS_GOES_ON)))
                .isEqualTo(new RolloutVerdict(Outcome.STOPPED, "it was stopped"));
    }

    /** ECS has nothing to go back to, or may not, and then ends its record as where somebody stops it. */
    @Test
    void of_aStoppedRecordWhoseAlarmWentOff_isGivenUpByEcsAndByNobodyElse() {
        ServiceDeployment record = record("STOPPED").toBuilder()
                .alarms(alarms -> alarms.triggeredAlarmNames("errors"))
                .build();
        Service failed = service(deployment("ecs-svc/2", "PRIMARY", NEW, "FAILED", "an alarm was detected"));

        assertThat(RolloutVerdict.of(ATTEMPT, new Observation(failed, Optional.of(record), List.of())))
                .isEqualTo(new RolloutVerdict(Outcome.FAILED, "an alarm was detected; alarms went off: errors"));
    }

    @Test
    void timedOut_ofWhatGoesOn_isNoLongerRunning() {
        RolloutVerdict end = byRecord("IN_PROGRESS", service(OURS_GOES_ON)).timedOut();

        assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(end.isRunning()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"DRAINING", "INACTIVE"})
    void of_aServiceThatWasDeleted_isDeletedWhateverElseIsSeen(String status) {
        Service withDeployments = service(OURS_DONE).toBuilder().status(status).build();
        Service without = service().toBuilder().status(status).build();
        RolloutVerdict expected = new RolloutVerdict(Outcome.DELETED, "it is " + status);

        assertThat(byService(withDeployments)).isEqualTo(expected);
        assertThat(byService(without)).isEqualTo(expected);
        assertThat(byRecord("IN_PROGRESS", without)).isEqualTo(expected);
        assertThat(byRecord("STOPPED", withDeployments)).isEqualTo(expected);
    }

    @Test
    void of_aStoppedRecordBelowANewerDeployment_isSuperseded() {
        Service newer = service(deployment("ecs-svc/3", "PRIMARY", OTHER, "IN_PROGRESS", ""));

        assertThat(byRecord("STOPPED", newer))
                .isEqualTo(
                        new RolloutVerdict(Outcome.SUPERSEDED, "deployment ecs-svc/3 of puma:19 was begun after it"));
    }

    @Test
    void of_theService_goesByOurOwnDeployment() {
        assertThat(byService(service(OURS_GOES_ON, OLD_DRAINS)).outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(byService(service(OURS_DONE)).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void of_aFailedDeploymentWithoutRollback_saysWhatEcsSays() {
        String reason = "ECS deployment circuit breaker: tasks failed to start.";

        assertThat(byService(service(deployment("ecs-svc/2", "PRIMARY", NEW, "FAILED", reason), OLD_DRAINS)))
                .isEqualTo(new RolloutVerdict(Outcome.FAILED, reason));
    }

    @Test
    void of_aFailedDeploymentThatRollsBack_isRolledBack() {
        String reason = "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.";
        Service goesBack = service(
                deployment("ecs-svc/1", "PRIMARY", OLD, "IN_PROGRESS", ""),
                deployment("ecs-svc/2", "ACTIVE", NEW, "FAILED", reason));

        assertThat(byService(goesBack)).isEqualTo(new RolloutVerdict(Outcome.ROLLED_BACK, reason));
    }

    @Test
    void of_anotherDeploymentInOurPlace_isSuperseded() {
        assertThat(byService(service(deployment("ecs-svc/3", "PRIMARY", OTHER, "COMPLETED", "")))
                        .outcome())
                .isEqualTo(Outcome.SUPERSEDED);
    }

    @Test
    void of_tasksThatCrashOneAfterTheOther_failsWithoutWaitingForEcs() {
        Task crash =
                stopped("a", "ecs-svc/2", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container", exited(1));

        assertThat(byTasks(crash).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void of_tasksOfTheOldReleaseOrOnesThatWereScaledIn_goesOn() {
        Task old = stopped("a", "ecs-svc/1", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container");
        Task scaledIn =
                stopped("b", "ecs-svc/2", TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Scaling activity initiated by");
        Task spot = stopped("c", "ecs-svc/2", TaskStopCode.SPOT_INTERRUPTION, "Spot");

        assertThat(byTasks(old, old, old, scaledIn, scaledIn, scaledIn, spot, spot, spot)
                        .outcome())
                .isEqualTo(Outcome.RUNNING);
    }

    @Test
    void of_aTaskThatCrashesBesideOnesThatAreHealthy_waitsForAnother() {
        Task crash =
                stopped("a", "ecs-svc/2", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container", exited(1));

        assertThat(byProvenTasks(crash).outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(byProvenTasks(crash, crash).outcome()).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8, 1", "9, 2", "100, 13"})
    void enough_whileNoneIsHealthy_isAnEighth(int desired, int expected) {
        assertThat(StopReasons.enough(desired, false, List.of())).isEqualTo(expected);
    }

    @Test
    void of_aFloorAndCeilingThatLetNothingMove_isStalledAtOnce() {
        Service stuck = service(OURS_GOES_ON, OLD_DRAINS).toBuilder()
                .events(ServiceEvent.builder()
                        .createdAt(Instant.EPOCH.plusSeconds(9))
                        .message("service puma was unable to stop or start tasks during a deployment because of the"
                                + " service deployment configuration. Update the minimumHealthyPercent or"
                                + " maximumPercent value and try again.")
                        .build())
                .build();

        assertThat(byService(stuck).outcome()).isEqualTo(Outcome.STALLED);
        assertThat(byRecord("IN_PROGRESS", stuck).outcome()).isEqualTo(Outcome.STALLED);
    }

    @Test
    void of_aRecordThatGoesOn_isNotTakenForRolledBackByAServiceAsItWasBefore() {
        Service before = service(deployment("ecs-svc/1", "PRIMARY", OLD, "COMPLETED", ""));

        assertThat(byRecord("IN_PROGRESS", before).outcome()).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void of_aRollbackByAnAlarm_namesIt() {
        ServiceDeployment alarmed = record("ROLLBACK_IN_PROGRESS").toBuilder()
                .alarms(alarms -> alarms.alarmNames("latency", "errors").triggeredAlarmNames("errors"))
                .build();

        assertThat(RolloutVerdict.of(ATTEMPT, new Observation(service(OURS_GOES_ON), Optional.of(alarmed), List.of()))
                        .reason())
                .contains("alarms went off: errors");
    }

    @Test
    void of_tasksThatFailHealthChecksBesideHealthyOnes_waitsForAThird() {
        Task unhealthy = stopped(
                "a", "ecs-svc/2", TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Task failed ELB health checks in (x)");

        assertThat(byProvenTasks(unhealthy, unhealthy).outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(byProvenTasks(unhealthy, unhealthy, unhealthy).outcome()).isEqualTo(Outcome.FAILED);
    }

    private static RolloutVerdict byRecord(String status, Service service) {
        return RolloutVerdict.of(ATTEMPT, new Observation(service, Optional.of(record(status)), List.of()));
    }

    private static RolloutVerdict byService(Service service) {
        return RolloutVerdict.of(ATTEMPT, new Observation(service, Optional.empty(), List.of()));
    }

    private static RolloutVerdict byTasks(Task... tasks) {
        return RolloutVerdict.of(
                ATTEMPT, new Observation(service(OURS_GOES_ON, OLD_DRAINS), Optional.empty(), List.of(tasks)));
    }

    private static RolloutVerdict byProvenTasks(Task... tasks) {
        return RolloutVerdict.of(
                ATTEMPT, new Observation(service(OURS_GOES_ON, OLD_DRAINS), Optional.empty(), List.of(tasks), true));
    }
}
