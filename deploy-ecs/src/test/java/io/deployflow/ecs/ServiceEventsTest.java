package io.deployflow.ecs;

import static io.deployflow.ecs.Fixtures.ATTEMPT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

class ServiceEventsTest {
    private static final Instant BEGUN = ATTEMPT.createdAt().orElseThrow();

    @Test
    void trouble_sinceTheRolloutBegan_isQuoted() {
        assertThat(trouble(event("steady", 2), event("unable to place a task: no memory", 0)))
                .isEqualTo("\nECS says: unable to place a task: no memory");
    }

    @Test
    void trouble_ofARolloutBefore_isNotQuoted() {
        assertThat(trouble(event("unable to place a task: no memory", -1))).isEmpty();
    }

    @Test
    void unhealthy_givesTheReasonOfTheNewestOfTheRollout() {
        assertThat(ServiceEvents.unhealthy(
                        Service.builder()
                                .events(
                                        event(unhealthy("Health checks failed with these codes: [500]"), 2),
                                        event(unhealthy("Request timed out"), 1))
                                .build(),
                        ATTEMPT))
                .contains("Health checks failed with these codes: [500]");
        assertThat(ServiceEvents.unhealthy(
                        Service.builder()
                                .events(event("steady", 2), event(unhealthy("Request timed out"), -1))
                                .build(),
                        ATTEMPT))
                .isEmpty();
    }

    private static String unhealthy(String reason) {
        return "(service puma) (port 3000) is unhealthy in (target-group x) due to (reason " + reason + ")";
    }

    private static String trouble(ServiceEvent... events) {
        return ServiceEvents.trouble(Service.builder().events(events).build(), ATTEMPT);
    }

    private static ServiceEvent event(String message, int secondsAfter) {
        return ServiceEvent.builder()
                .message(message)
                .createdAt(BEGUN.plusSeconds(secondsAfter))
                .build();
    }
}
