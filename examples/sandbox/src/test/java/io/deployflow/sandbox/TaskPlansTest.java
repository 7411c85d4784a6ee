package io.deployflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.ecs.Images;
import io.deployflow.sandbox.ecs.TaskPlans;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.HealthCheck;
import io.deployflow.sandbox.scheduler.TaskPlan;
import io.deployflow.sandbox.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskPlansTest {

    private final FakePorts registry = new FakePorts();

    @BeforeEach
    void push() {
        registry.push("organization/app", "v1", "sha256:one");
        registry.push("organization/app", "latest", "sha256:two");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5000/organization/app:v1, 127.0.0.1:5000/organization/app@sha256:one",
        "127.0.0.1:5000/organization/app, 127.0.0.1:5000/organization/app@sha256:two",
        "127.0.0.1:5000/organization/app:v1@sha256:one, 127.0.0.1:5000/organization/app@sha256:one",
        "127.0.0.1:5000/organization/app@sha256:any, 127.0.0.1:5000/organization/app@sha256:any",
        "127.0.0.1:5000/organization/app:none, 127.0.0.1:5000/organization/app:none",
        "debian:bookworm-slim, debian:bookworm-slim",
    })
    void image_isResolvedToItsDigestWhereTheRegistryHasIt(String given, String resolved) {
        assertThat(new Images(registry).resolve(given)).isEqualTo(resolved);
    }

    @Test
    void plan_onTheFastClock_compressesWhatAwsSpendsButLeavesTimeToAnswerAndBoot() {
        TaskPlan plan = plan(Timings.FAST, """
                {"containerDefinitions":[{"name":"app","image":"i","stopTimeout":45,
                  "healthCheck":{"command":["CMD","true"],"interval":30,"timeout":6,"startPeriod":30}}]}""", "{}");

        HealthCheck check = plan.containers().get(0).spec().healthCheck().orElseThrow();
        assertThat(plan.stopTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(check.startPeriod()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void plan_withOverrides_changesTheNamedContainerOnly() {
        TaskPlan plan = plan(Timings.AWS, """
                {"memory":"512","containerDefinitions":[
                  {"name":"app","image":"i","command":["serve"],"environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},
                  {"name":"helper","image":"h","command":["help"],"essential":false,"memory":64}]}""", """
                {"containerOverrides":[{"name":"app","command":["migrate"],"environment":[{"name":"B","value":"3"}]}]}""");

        ContainerSpec app = plan.containers().get(0).spec();
        ContainerSpec helper = plan.containers().get(1).spec();
        assertThat(app.command()).containsExactly("migrate");
        assertThat(app.environment()).isEqualTo(Map.of("A", "1", "B", "3"));
        assertThat(app.memoryMiB()).isEqualTo(512);
        assertThat(helper.command()).containsExactly("help");
        assertThat(helper.memoryMiB()).isEqualTo(64);
        assertThat(plan.containers().get(1).essential()).isFalse();
        assertThat(plan.stopTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    private TaskPlan plan(Timings timings, String definition, String overrides) {
        return new TaskPlans(new Images(registry), timings)
                .plan(Json.parse(definition), Json.parse(overrides), List.of(), Map.of());
    }
}
