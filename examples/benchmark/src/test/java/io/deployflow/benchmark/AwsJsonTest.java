package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsJsonTest {
    @Test
    void ecs_andTheSandboxesOwnPaths_answer() {
        try (SimulatedSandbox sandbox = Sandbox.simulated().start()) {
            AwsJson aws = new AwsJson(sandbox.endpoint(), sandbox.region());

            assertThat(aws.ecs("DescribeClusters", Map.of("clusters", List.of("app-dev")))
                            .at("/clusters/0/clusterName")
                            .asText())
                    .isEqualTo("app-dev");
            assertThat(aws.sandbox("GET", "calls", Map.of()).path("calls")).isNotEmpty();
            assertThatThrownBy(() -> aws.ecs("DescribeServices", Map.of("cluster", "none", "services", List.of("a"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ClusterNotFoundException");
        }
    }
}
