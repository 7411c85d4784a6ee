package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.team.Team;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strategies that shift traffic, as a deploy tool sees them: over HTTP, in virtual time. */
class StrategiesTest {

    private static final String HOOK = "arn:aws:lambda:ap-northeast-1:123456789012:function:approve";

    /** Less than the scheduler takes between two decisions: no stage is missed. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

    private final SimulatedSandbox sandbox = Sandbox.simulated().start();
    private final WireClient aws = new WireClient(sandbox.endpoint());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void blueGreen_showsStagesRevisionsAndWeights() {
        sandbox.addService("web", 2, Map.of("strategy", "BLUE_GREEN", "bakeTimeInMinutes", 1));
        List<Backend> blue = production();
        update("v2");

        List<String> seen = new ArrayList<>();
        for (JsonNode now = deployment(); !now.path("status").asText().equals("SUCCESSFUL"); now = deployment()) {
            String shown = shown(now);
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(shown)) {
                seen.add(shown);
            }
            assertThat(production().stream().filter(StrategiesTest::served)).hasSizeGreaterThanOrEqualTo(2);
            sandbox.advance(BETWEEN_LOOKS);
        }

        assertThat(seen)
                .containsSubsequence(
                        "PRE_SCALE_UP 0/2 0",
                        "SCALE_UP 2/2 0",
                        "POST_SCALE_UP 2/2 0",
                        "TEST_TRAFFIC_SHIFT 2/2 0",
                        "PRODUCTION_TRAFFIC_SHIFT 2/2 100",
                        "BAKE_TIME 2/2 100",
                        "CLEAN_UP 2/0 100");
        assertThat(production()).hasSize(2).doesNotContainAnyElementsOf(blue);
        assertThat(service().path("deployments")).hasSize(1);
    }

    @Test
    void canary_sharesTrafficByTheRulesWeights() {
        sandbox.addService(
                "web",
                2,
                Map.of(
                        "strategy",
                        "CANARY",
                        "canaryConfiguration",
                        Map.of("canaryPercent", 10, "canaryBakeTimeInMinutes", 5)));
        update("v2");

        while (deployment()
                        .at("/targetServiceRevision/requestedProductionTrafficWeight")
                        .asInt()
                != 10) {
            sandbox.advance(BETWEEN_LOOKS);
        }
        sandbox.advance(Duration.ofSeconds(1));

        assertThat(production().stream().filter(StrategiesTest::served).map(Backend::weight))
                .containsExactlyInAnyOrder(256, 256, 28, 28);
        assertThat(deployment()
                        .at("/sourceServiceRevisions/0/requestedProductionTrafficWeight")
                        .asInt())
                .isEqualTo(90);
    }

    @Test
    void pausedHook_holdsItsStage_untilItFailsAndTheDeploymentIsRolledBack() {
        sandbox.addService("web", 1, Map.of("strategy", "BLUE_GREEN", "lifecycleHooks", List.of(hook())));
        hook("IN_PROGRESS");
        update("v2");

        sandbox.advance(Duration.ofMinutes(10));
        assertThat(deployment().path("lifecycleStage").asText()).isEqualTo("POST_TEST_TRAFFIC_SHIFT");
        assertThat(deployment().path("status").asText()).isEqualTo("IN_PROGRESS");

        hook("FAILED");
        sandbox.advance(Duration.ofMinutes(10));
        assertThat(deployment().path("status").asText()).isEqualTo("ROLLBACK_SUCCESSFUL");
        assertThat(deployment().path("statusReason").asText())
                .isEqualTo("Service deployment rolled back because POST_TEST_TRAFFIC_SHIFT lifecycle hook(s) failed."
                        + " Lifecycle hook target " + HOOK + " returned FAILED status.");
        assertThat(service().at("/deployments/0/taskDefinition").asText()).endsWith("web:1");
    }

    @Test
    void strategyThatCannotBe_isRefusedAtOnce() {
        sandbox.addService("web", 1);

        assertThat(refusal("{\"strategy\":\"BLUE_GREEN\"}"))
                .contains("advancedConfiguration field is required for all loadBalancers");
        assertThat(refusal("{\"strategy\":\"PURPLE\"}")).contains("strategy must be one of [ROLLING, BLUE_GREEN");
        assertThat(refusal("{\"lifecycleHooks\":[{\"hookTargetArn\":\"a\",\"lifecycleStages\":[\"BAKE_TIME\"]}]}"))
                .contains("not 'BAKE_TIME'");
    }

    @Test
    void serviceUnderAnotherController_showsTaskSetsAndRefusesToBeDeployed() {
        sandbox.addService("web", 1);
        create("codedeploy", "\"taskDefinition\":\"web\",\"deploymentController\":{\"type\":\"CODE_DEPLOY\"}");
        create("external", "\"deploymentController\":{\"type\":\"EXTERNAL\"}");
        sandbox.advance(Duration.ofMinutes(2));

        JsonNode codeDeploy = service("codedeploy");
        assertThat(codeDeploy.path("deployments")).isEmpty();
        assertThat(codeDeploy.at("/taskSets/0/stabilityStatus").asText()).isEqualTo("STEADY_STATE");
        assertThat(codeDeploy.at("/taskSets/0/runningCount").asInt()).isEqualTo(1);
        assertThat(service("external").path("taskSets")).isEmpty();
        assertThat(service("external").has("taskDefinition")).isFalse();
        assertThat(refused("codedeploy", "\"taskDefinition\":\"web\""))
                .contains(
                        "Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS");
        assertThat(refused("codedeploy", "\"forceNewDeployment\":true"))
                .contains("Cannot force a new deployment on services with a CODE_DEPLOY deployment controller.");
        assertThat(refused("external", "\"taskDefinition\":\"web\"")).contains("EXTERNAL deployment controller");
        assertThat(aws.json(
                                ECS + "UpdateService",
                                "{\"cluster\":\"app-dev\",\"service\":\"external\",\"desiredCount\":3}")
                        .status())
                .isEqualTo(200);
    }

    /** The stage, the tasks asked for of the new and the old revision, and the traffic of the new one. */
    private static String shown(JsonNode deployment) {
        JsonNode target = deployment.path("targetServiceRevision");
        JsonNode source = deployment.at("/sourceServiceRevisions/0");
        return "%s %d/%d %d"
                .formatted(
                        deployment.path("lifecycleStage").asText(),
                        target.path("requestedTaskCount").asInt(),
                        source.path("requestedTaskCount").asInt(),
                        target.path("requestedProductionTrafficWeight").asInt());
    }

    private static boolean served(Backend backend) {
        return backend.state() == Backend.State.READY && backend.weight() > 0;
    }

    /** The first listener's backends. */
    private List<Backend> production() {
        return sandbox.routes().values().iterator().next();
    }

    private static Map<String, Object> hook() {
        return Map.of("hookTargetArn", HOOK, "roleArn", "arn:r", "lifecycleStages", List.of("POST_TEST_TRAFFIC_SHIFT"));
    }

    private void hook(String status) {
        aws.admin("POST", "hooks", "{\"hookTargetArn\":\"%s\",\"hookStatus\":\"%s\"}".formatted(HOOK, status));
    }

    private void update(String tag) {
        String image = sandbox.push(Team.REPOSITORY, tag, Script.GOOD);
        aws.call(ECS + "RegisterTaskDefinition", """
                {"family":"web","containerDefinitions":[{"name":"app","image":"%s","memory":64,
                  "portMappings":[{"containerPort":3000}]}]}""".formatted(image));
        aws.call(ECS + "UpdateService", "{\"cluster\":\"app-dev\",\"service\":\"web\",\"taskDefinition\":\"web\"}");
        sandbox.advance(Duration.ofSeconds(3));
    }

    private String refusal(String configuration) {
        return refused("web", "\"deploymentConfiguration\":" + configuration);
    }

    private String refused(String service, String fields) {
        WireClient.Answer answer = aws.json(
                ECS + "UpdateService", "{\"cluster\":\"app-dev\",\"service\":\"%s\",%s}".formatted(service, fields));
        assertThat(answer.status()).isEqualTo(400);
        return answer.body();
    }

    private void create(String name, String fields) {
        aws.call(
                ECS + "CreateService",
                "{\"cluster\":\"app-dev\",\"serviceName\":\"%s\",\"desiredCount\":1,%s}".formatted(name, fields));
    }

    private JsonNode service() {
        return service("web");
    }

    private JsonNode service(String name) {
        return aws.call(ECS + "DescribeServices", "{\"cluster\":\"app-dev\",\"services\":[\"%s\"]}".formatted(name))
                .at("/services/0");
    }

    private JsonNode deployment() {
        String arn = aws.call(ECS + "ListServiceDeployments", "{\"cluster\":\"app-dev\",\"service\":\"web\"}")
                .at("/serviceDeployments/0/serviceDeploymentArn")
                .asText();
        return aws.call(ECS + "DescribeServiceDeployments", "{\"serviceDeploymentArns\":[\"%s\"]}".formatted(arn))
                .at("/serviceDeployments/0");
    }
}
