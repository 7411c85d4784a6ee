package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class DiagnosisTest {
    @ParameterizedTest
    @CsvSource({
        "'CannotPullContainerError: manifest unknown', does not have the image",
        "'CannotPullContainerError: pull access denied', execution role may not pull",
        "'CannotPullContainerError: dial tcp: i/o timeout', cannot reach the registry",
        "'ResourceInitializationError: unable to pull secrets', cannot read a secret",
        "'OutOfMemoryError: container killed', want of memory",
        "'Task failed ELB health checks in (target-group x)', load balancer",
        "'Task failed container health checks', health command"
    })
    void of_aReason_givesTheLikelyCause(String reason, String expected) {
        assertThat(diagnose(reason, Optional.empty()).remedy()).contains(expected);
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
    void of_aLogThatTells_goesByTheLog() {
        var task = Fixtures.stopped("a", "x", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container exited");

        assertThat(Diagnosis.of(task, Optional.of(Fixtures.exited(1)), List.of("exec /app: exec format error"))
                        .remedy())
                .contains("image.platform");
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
        return Diagnosis.of(task, status.map(Fixtures::exited), List.of());
    }
}
