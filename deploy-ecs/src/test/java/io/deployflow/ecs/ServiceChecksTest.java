package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Service;

class ServiceChecksTest {
    @Test
    void check_ofARollingService_passes() {
        Service rolling = service(2, 100, 200).toBuilder()
                .deploymentController(controller -> controller.type("ECS"))
                .build();

        assertThatCode(() -> ServiceChecks.check(rolling)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"CODE_DEPLOY, CodeDeploy", "EXTERNAL, task sets"})
    void check_underAnotherController_isRefused(String type, String remedy) {
        Service other = service(2, 100, 200).toBuilder()
                .deploymentController(controller -> controller.type(type))
                .build();

        assertThatThrownBy(() -> ServiceChecks.check(other))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        failure -> assertThat(failure.remedy()).contains(remedy))
                .hasMessageContaining(type);
    }

    @ParameterizedTest
    @CsvSource({"BLUE_GREEN", "LINEAR", "CANARY", "ONE_OF_TOMORROW"})
    void check_ofAnotherStrategy_passesAlsoWherePercentagesWouldHoldARollingOne(String strategy) {
        Service other = service(2, 100, 100).toBuilder()
                .deploymentConfiguration(configuration -> configuration
                        .strategy(strategy)
                        .minimumHealthyPercent(100)
                        .maximumPercent(100))
                .build();

        assertThatCode(() -> ServiceChecks.check(other)).doesNotThrowAnyException();
    }

    @Test
    void check_ofAServiceThatIsGone_isRefused() {
        assertThatThrownBy(() -> ServiceChecks.check(
                        service(2, 100, 200).toBuilder().status("INACTIVE").build()))
                .hasMessageContaining("is INACTIVE");
    }

    @ParameterizedTest
    @CsvSource({
        "4, 50, 100, 2, 4, false",
        "2, 75, 100, 2, 2, true",
        "3, 100, 125, 3, 3, true",
        "1, 100, 200, 1, 2, false",
        "0, 100, 100, 0, 0, false",
        "3, 100, 150, 3, 4, false"
    })
    void batch_roundsAsEcsDoes(int desired, int minimum, int maximum, int least, int most, boolean stuck) {
        Batch batch = Batch.of(service(desired, minimum, maximum));

        assertThat(batch.least()).isEqualTo(least);
        assertThat(batch.most()).isEqualTo(most);
        assertThat(batch.isStuck()).isEqualTo(stuck);
    }

    @Test
    void check_whereNoTaskCouldBeReplaced_isRefusedWithTheNumbers() {
        assertThatThrownBy(() -> ServiceChecks.check(service(3, 100, 125)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("of 3 at least 3 must run, and at most 3 may");
    }

    private static Service service(int desired, int minimum, int maximum) {
        return Service.builder()
                .serviceName("puma")
                .status("ACTIVE")
                .desiredCount(desired)
                .deploymentConfiguration(configuration ->
                        configuration.minimumHealthyPercent(minimum).maximumPercent(maximum))
                .build();
    }
}
