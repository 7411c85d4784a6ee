package io.deployflow.ecs;

import static io.deployflow.ecs.Fixtures.ATTEMPT;
import static io.deployflow.ecs.Fixtures.NEW;
import static io.deployflow.ecs.Fixtures.deployment;
import static io.deployflow.ecs.Fixtures.running;
import static io.deployflow.ecs.Fixtures.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Task;

class SlowPhaseTest {
    private static final Instant NOW = Instant.EPOCH.plusSeconds(90);

    @Test
    void of_noTask_saysThatNoneWasStarted() {
        assertThat(phase()).contains("no task of it was started");
    }

    @Test
    void of_aTaskThatPulls_saysSinceWhen() {
        Task pulls = running("a", "ecs-svc/2", "PENDING").toBuilder()
                .pullStartedAt(Instant.EPOCH)
                .build();

        assertThat(phase(pulls)).isEqualTo("1 of its tasks still pull the image, since 90 s");
    }

    @Test
    void of_aTaskThatHasNoTimeYet_saysWhatItWaitsFor() {
        Task waits = running("a", "ecs-svc/2", "PROVISIONING").toBuilder()
                .createdAt(null)
                .build();

        assertThat(phase(waits)).contains("wait for a host or a network interface", "since 0 s");
    }

    @Test
    void of_tooFewTasks_saysWhatTheOthersWaitFor() {
        assertThat(phase(running("a", "ecs-svc/2", "RUNNING"))).contains("only 1 of 2 tasks were started");
    }

    @Test
    void of_oldTasksThatAreStillThere_blamesTheDrain() {
        assertThat(phase(
                        running("a", "ecs-svc/2", "RUNNING"),
                        running("b", "ecs-svc/2", "RUNNING"),
                        running("c", "ecs-svc/1", "RUNNING")))
                .contains("1 old ones are not gone")
                .contains("deregistration delay");
    }

    private static String phase(Task... tasks) {
        return SlowPhase.of(
                ATTEMPT,
                new Observation(
                        service(deployment("ecs-svc/2", "PRIMARY", NEW, "IN_PROGRESS", "")),
                        Optional.empty(),
                        List.of(tasks)),
                NOW);
    }
}
