package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two sets of real containers behind a real load balancer, while a client calls all along. */
class BlueGreenIT {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static Sandbox sandbox;
    private static WireClient aws;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.builder()
                .clock(Timings.FAST)
                .ecsService(true)
                .deployment(Map.of("strategy", "BLUE_GREEN", "bakeTimeInMinutes", 1))
                .start();
        aws = new WireClient(sandbox.endpoint());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void trafficGoesThereAndBackWithoutAFailedRequest() {
        try (Traffic traffic = Traffic.to(sandbox.loadBalancerUrl())) {
            String first = redeploy("");
            await().atMost(SOON).until(() -> is(first, "status", "SUCCESSFUL"));

            String second = redeploy(first);
            await().atMost(SOON).until(() -> is(second, "lifecycleStage", "BAKE_TIME"));
            aws.call(ECS + "StopServiceDeployment", "{\"serviceDeploymentArn\":\"%s\"}".formatted(second));
            await().atMost(SOON).until(() -> is(second, "status", "ROLLBACK_SUCCESSFUL"));

            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).isPositive();
        }
    }

    /** Begins a deployment, and answers its ARN once it shows. */
    private static String redeploy(String before) {
        String known = before.isEmpty() ? newest() : before;
        aws.call(ECS + "UpdateService", "{\"cluster\":\"app-dev\",\"service\":\"puma\",\"forceNewDeployment\":true}");
        await().atMost(SOON).until(() -> !newest().equals(known));
        return newest();
    }

    private static boolean is(String arn, String field, String value) {
        return aws.call(ECS + "DescribeServiceDeployments", "{\"serviceDeploymentArns\":[\"%s\"]}".formatted(arn))
                .at("/serviceDeployments/0/" + field)
                .asText()
                .equals(value);
    }

    private static String newest() {
        JsonNode newest = aws.call(ECS + "ListServiceDeployments", "{\"cluster\":\"app-dev\",\"service\":\"puma\"}")
                .at("/serviceDeployments/0");
        return newest.path("serviceDeploymentArn").asText();
    }
}
