package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static io.deployflow.sandbox.WireClient.LOGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task needs before its containers start, and what befalls it from outside. */
class TaskResourcesTest {

    private static final String SSM = "AmazonSSM.";
    private static final String SECRETS = "secretsmanager.";
    private static final String ROLE = "arn:aws:iam::123456789012:role/execution";

    private final SimulatedSandbox sandbox = Sandbox.simulated().start();
    private final WireClient aws = new WireClient(sandbox.endpoint());
    private String secretArn = "";

    @BeforeEach
    void addSecrets() {
        aws.call(SSM + "PutParameter", "{\"Name\":\"/shop/key\",\"Type\":\"SecureString\",\"Value\":\"k\"}");
        secretArn = aws.call(SECRETS + "CreateSecret", """
                        {"Name":"shop/db","SecretString":"{\\"password\\":\\"p\\"}"}""").path("ARN").asText();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void task_whenItsSecretsCanBeRead_runs() {
        assertThat(run(secret("/shop/key")).path("lastStatus").asText()).isEqualTo("RUNNING");
        assertThat(run(secret(secretArn + ":password::")).path("lastStatus").asText())
                .isEqualTo("RUNNING");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /shop/none | unable to retrieve secrets from ssm: invalid parameters: /shop/none
            arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:none-abcdef | ResourceNotFoundException: Secrets Manager can't find the specified secret.
            """)
    void task_whenASecretIsMissing_cannotStart(String valueFrom, String reason) {
        JsonNode task = run(secret(valueFrom));

        assertThat(task.path("lastStatus").asText()).isEqualTo("STOPPED");
        assertThat(task.path("stopCode").asText()).isEqualTo("TaskFailedToStart");
        assertThat(task.path("stoppedReason").asText())
                .startsWith("ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
                        + " retrieval failed: ")
                .endsWith(reason);
        assertThat(task.at("/containers/0/lastStatus").asText()).isEqualTo("STOPPED");
    }

    @Test
    void task_whenASecretHasNoSuchKey_cannotStart() {
        assertThat(run(secret(secretArn + ":user::")).path("stoppedReason").asText())
                .endsWith("did not contain json key user");
    }

    @Test
    void task_whenItsExecutionRoleMayNotReadTheSecret_cannotStart() {
        aws.admin("POST", "iam", """
                {"roles":[{"roleName":"execution","policies":[{"Statement":[
                  {"Effect":"Allow","Action":["ecr:*","logs:*"],"Resource":"*"}]}]}]}""");

        assertThat(run(secret("/shop/key")).path("stoppedReason").asText())
                .contains("unable to retrieve secrets from ssm: service call has been retried 1 time(s):"
                        + " AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/")
                .contains("is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:");
    }

    @Test
    void taskDefinition_withSecretsAndNoExecutionRole_isRefused() {
        assertThat(aws.json(ECS + "RegisterTaskDefinition", """
                {"family":"f","containerDefinitions":[{"name":"a","image":"i","memory":64,
                  "secrets":[{"name":"KEY","valueFrom":"/shop/key"}]}]}""").body())
                .contains("ClientException", "executionRoleArn");
    }

    @Test
    void task_whenItsLogGroupIsMissing_cannotStart() {
        assertThat(run(log("/none", false)).path("stoppedReason").asText())
                .isEqualTo(
                        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1"
                                + " times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log"
                                + " group does not exist. : exit status 1");
    }

    @Test
    void task_whenItMayMakeItsLogGroup_runsAndItIsThere() {
        assertThat(run(log("/new", true)).path("lastStatus").asText()).isEqualTo("RUNNING");
        assertThat(aws.call(LOGS + "DescribeLogGroups", "{}").toString()).contains("/new");
    }

    @Test
    void service_whenASecretIsMissing_saysSoInItsEvents() {
        define(secret("/shop/none"));
        aws.call(ECS + "CreateService", """
                {"cluster":"app-dev","serviceName":"s","taskDefinition":"f","desiredCount":1,
                 "deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true,"rollback":true}}}""");

        sandbox.advance(Duration.ofMinutes(5));

        JsonNode service = aws.call(ECS + "DescribeServices", "{\"cluster\":\"app-dev\",\"services\":[\"s\"]}")
                .at("/services/0");
        assertThat(service.at("/deployments/0/rolloutState").asText()).isEqualTo("FAILED");
        assertThat(service.path("events").findValuesAsText("message"))
                .anyMatch(event -> event.startsWith("(service s) was unable to place a task. Reason:"
                        + " ResourceInitializationError: unable to pull secrets"));
        assertThat(aws.call(ECS + "ListServiceDeployments", "{\"cluster\":\"app-dev\",\"service\":\"s\"}")
                        .at("/serviceDeployments/0/statusReason")
                        .asText())
                .isEqualTo("No rollback candidate was found to run the rollback.");
    }

    @Test
    void runTask_whenItDoesNotFit_answersAFailure() {
        define("\"cpu\":256");
        aws.admin("POST", "capacity", "{\"cluster\":\"app-dev\",\"cpu\":1024,\"memory\":100}");

        JsonNode answer = aws.call(ECS + "RunTask", "{\"cluster\":\"app-dev\",\"taskDefinition\":\"f\",\"count\":2}");

        assertThat(answer.path("tasks")).hasSize(1);
        assertThat(answer.at("/failures/0/reason").asText()).isEqualTo("RESOURCE:MEMORY");
        String instance = answer.at("/failures/0/arn").asText();
        assertThat(aws.call(
                                ECS + "DescribeContainerInstances",
                                "{\"cluster\":\"app-dev\",\"containerInstances\":[\"%s\"]}".formatted(instance))
                        .at("/containerInstances/0/remainingResources/1/integerValue")
                        .asInt())
                .isEqualTo(36);
    }

    @Test
    void interruption_stopsATaskForItsReason() {
        JsonNode task = run("\"cpu\":256");

        aws.admin(
                "POST",
                "interruptions",
                "{\"cluster\":\"app-dev\",\"task\":\"%s\",\"kind\":\"SPOT\"}"
                        .formatted(task.path("taskArn").asText()));
        sandbox.advance(Duration.ofSeconds(30));

        JsonNode after = describe(task.path("taskArn").asText());
        assertThat(after.path("stopCode").asText()).isEqualTo("SpotInterruption");
        assertThat(after.path("stoppedReason").asText()).isEqualTo("Your Spot Task was interrupted.");
    }

    @Test
    void clock_whenItIsFast_movesEveryTimeInTheAnswers() {
        aws.admin("POST", "clock", "{\"skewSeconds\":300}");
        Instant real = sandbox.clock().instant();

        JsonNode task = run("\"cpu\":256");

        for (String moment : new String[] {"createdAt", "pullStartedAt", "pullStoppedAt", "startedAt"}) {
            assertThat(task.path(moment).asDouble()).as(moment).isGreaterThanOrEqualTo((double)
                    real.plusSeconds(299).getEpochSecond());
        }
    }

    private static String secret(String valueFrom) {
        return "\"secrets\":[{\"name\":\"KEY\",\"valueFrom\":\"%s\"}]".formatted(valueFrom);
    }

    private static String log(String group, boolean create) {
        return """
                "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"%s","awslogs-create-group":"%s"}}""".formatted(group, create);
    }

    private void define(String field) {
        aws.call(ECS + "RegisterTaskDefinition", """
                {"family":"f","executionRoleArn":"%s","containerDefinitions":[{"name":"app","image":"i","memory":64,%s}]}""".formatted(ROLE, field));
    }

    private JsonNode run(String field) {
        define(field);
        JsonNode task = aws.call(ECS + "RunTask", "{\"cluster\":\"app-dev\",\"taskDefinition\":\"f\"}")
                .at("/tasks/0");
        sandbox.advance(Duration.ofSeconds(20));
        return describe(task.path("taskArn").asText());
    }

    private JsonNode describe(String arn) {
        return aws.call(ECS + "DescribeTasks", "{\"cluster\":\"app-dev\",\"tasks\":[\"%s\"]}".formatted(arn))
                .at("/tasks/0");
    }
}
