package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.Task;

class TargetStateTest {
    private static final Task OF_ITS_OWN_ADDRESS = Task.builder()
            .attachments(Attachment.builder()
                    .details(KeyValuePair.builder()
                            .name("privateIPv4Address")
                            .value("10.0.0.7")
                            .build())
                    .build())
            .build();
    private static final Task ON_AN_INSTANCE = Task.builder()
            .containers(Container.builder()
                    .networkBindings(NetworkBinding.builder().hostPort(32768).build())
                    .build())
            .build();

    private static TargetState target(String id, int port, String state) {
        return new TargetState(id, port, state, "");
    }

    @Test
    void of_aTaskInSeveralTargetGroups_isTheWorst() {
        assertThat(TargetState.of(
                        OF_ITS_OWN_ADDRESS,
                        List.of(
                                target("10.0.0.7", 80, "healthy"),
                                target("10.0.0.8", 80, "unhealthy"),
                                target("10.0.0.7", 80, "initial"))))
                .get()
                .extracting(TargetState::state)
                .isEqualTo("initial");
        assertThat(TargetState.of(
                        OF_ITS_OWN_ADDRESS,
                        List.of(
                                target("10.0.0.7", 80, "initial"),
                                target("10.0.0.7", 81, "healthy"),
                                target("10.0.0.7", 443, "unhealthy"))))
                .get()
                .extracting(TargetState::state)
                .isEqualTo("unhealthy");
        assertThat(TargetState.of(
                        ON_AN_INSTANCE, List.of(target("i-1", 32768, "healthy"), target("i-1", 32768, "unhealthy"))))
                .get()
                .extracting(TargetState::state)
                .isEqualTo("unhealthy");
    }

    @Test
    void of_aPortThatSeveralInstancesHave_isNotKnown() {
        assertThat(TargetState.of(
                        ON_AN_INSTANCE, List.of(target("i-1", 32768, "healthy"), target("i-2", 32768, "healthy"))))
                .isEmpty();
    }
}
