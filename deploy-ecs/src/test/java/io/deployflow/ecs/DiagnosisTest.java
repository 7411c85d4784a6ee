package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class DiagnosisTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): image manifest does not contain"
                        + " descriptor matching platform 'linux/amd64' | image.platform",
                "CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries |"
                        + " image.platform",
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref"
                        + " 1.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:ab: not found | does not have the image",
                "CannotPullContainerError: manifest unknown: Requested image not found | does not have the image",
                "CannotPullContainerError: pull access denied for app, repository does not exist or may require"
                        + " 'docker login': denied: User: arn:aws:sts::1:assumed-role/x is not authorized to perform:"
                        + " ecr:BatchGetImage | execution role may not pull",
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval"
                        + " failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s):"
                        + " AccessDeniedException: User: arn:aws:sts::1:assumed-role/x is not authorized to perform:"
                        + " ecr:GetAuthorizationToken | execution role may not pull",
                "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry"
                        + " auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your"
                        + " task network configuration. RequestError: send request failed caused by: Post"
                        + " https://api.ecr.eu-west-1.amazonaws.com/: dial tcp 52.1.2.3:443: i/o timeout |"
                        + " cannot reach the registry",
                "CannotPullContainerError: Error response from daemon: Get https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/:"
                        + " net/http: request canceled while waiting for connection | cannot reach the registry",
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval"
                        + " failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
                        + " fetch secret arn:aws:secretsmanager:eu-west-1:1:secret:db from secrets manager:"
                        + " ResourceNotFoundException: Secrets Manager can't find the specified secret. |"
                        + " does not exist",
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from"
                        + " ssm: service call has been retried 1 time(s): invalid ssm parameters: db-password |"
                        + " does not exist",
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from"
                        + " asm: AccessDeniedException: User: arn:aws:sts::1:assumed-role/x is not authorized to perform:"
                        + " secretsmanager:GetSecretValue | may not read a secret",
                "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times:"
                        + " failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group"
                        + " does not exist. : exit status 1 | log group",
                "ResourceInitializationError: failed to create Cloudwatch log stream: AccessDeniedException: not allowed"
                        + " | may not write logs",
                "OutOfMemoryError: Container killed due to memory usage | want of memory",
                "Task failed ELB health checks in (target-group x) | load balancer",
                "Task failed container health checks | health command"
            })
    void of_aReason_givesTheLikelyCause(String reason, String expected) {
        assertThat(diagnose(reason, Optional.empty()).remedy()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Health checks failed with these codes: [404] | path and codes",
                "Request timed out | listens on another port",
                "Health checks failed | listens on another port"
            })
    void of_failedHealthChecks_goesByWhatTheLoadBalancerSays(String complaint, String expected) {
        var task = Fixtures.stopped(
                "a",
                "x",
                TaskStopCode.SERVICE_SCHEDULER_INITIATED,
                "Task failed ELB health checks in (target-group x)");

        assertThat(Diagnosis.of(task, Optional.empty(), List.of(), Optional.of(complaint))
                        .remedy())
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service puma was unable to stop or start tasks during a deployment because of the service deployment"
                        + " configuration. Update the minimumHealthyPercent or maximumPercent value and try again. |"
                        + " raise maximumPercent",
                "(service puma) was unable to place a task because no container instance met all of its requirements. The"
                        + " closest matching container-instance x has insufficient memory available. | no room",
                "(service puma) was unable to place a task. Reason: Capacity is unavailable at this time. | no room",
                "(service puma) failed to launch a task with (error The container app did not have a container port 8080"
                        + " defined.). | containerPort"
            })
    void remedy_ofAnEvent_givesTheLikelyCause(String event, String expected) {
        assertThat(Diagnosis.remedy(event)).get().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, foreground",
        "1, its last lines say why",
        "126, cannot be run",
        "127, is not in the image",
        "137, want of memory"
    })
    void of_anExitStatus_givesTheLikelyCause(int status, String expected) {
        assertThat(diagnose("Essential container in task exited", Optional.of(status))
                        .remedy())
                .contains(expected);
    }

    @Test
    void of_aKilledContainer_thatECSStoppedForItsHealth_isNotOutOfMemory() {
        assertThat(diagnose("Task failed ELB health checks in (target-group x)", Optional.of(137))
                        .remedy())
                .contains("load balancer");
        assertThat(diagnose("Task failed container health checks", Optional.of(137))
                        .remedy())
                .contains("health command");
    }

    @Test
    void of_aContainerThatDidNotStart_namesIt() {
        var task = Fixtures.stopped("a", "x", TaskStopCode.TASK_FAILED_TO_START, "Task failed to start");
        Container container = Container.builder()
                .name("proxy")
                .reason("CannotPullContainerError: manifest unknown")
                .build();

        assertThat(Diagnosis.of(task, Optional.of(container), List.of(), Optional.empty())
                        .what())
                .isEqualTo("TaskFailedToStart: Task failed to start (CannotPullContainerError: manifest unknown);"
                        + " container proxy");
    }

    @Test
    void of_aLogThatTells_goesByTheLog() {
        var task = Fixtures.stopped("a", "x", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container exited");

        assertThat(Diagnosis.of(
                                task,
                                Optional.of(Fixtures.exited(1)),
                                List.of("exec /app: exec format error"),
                                Optional.empty())
                        .remedy())
                .contains("image.platform");
    }

    /** They use the words of ECS's own messages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PG::InsufficientPrivilege: ERROR: permission denied for table users",
                "AccessDeniedException: not authorized to perform secretsmanager:GetSecretValue",
                "OutOfMemoryError in a worker, which was restarted"
            })
    void of_anApplicationThatTellsOfItsOwnTroubles_doesNotTakeThemForThoseOfECS(String line) {
        var task = Fixtures.stopped("a", "x", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container exited");

        assertThat(Diagnosis.of(task, Optional.of(Fixtures.exited(1)), List.of(line), Optional.empty())
                        .remedy())
                .isEqualTo("The application ends right after it starts: its last lines say why.");
    }

    @Test
    void of_anExit_saysCodeReasonAndStatus() {
        assertThat(diagnose("Essential container in task exited", Optional.of(3))
                        .what())
                .isEqualTo("EssentialContainerExited: Essential container in task exited; container app exited with 3");
    }

    @Test
    void of_nothingKnown_claimsNothing() {
        assertThat(diagnose("Host terminated", Optional.empty()).remedy()).isEmpty();
    }

    private static Diagnosis diagnose(String reason, Optional<Integer> status) {
        var task = Fixtures.stopped("a", "x", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, reason);
        return Diagnosis.of(task, status.map(Fixtures::exited), List.of(), Optional.empty());
    }
}
