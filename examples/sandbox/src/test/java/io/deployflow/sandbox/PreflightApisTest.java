package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.LOGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked before a deploy. */
class PreflightApisTest {

    private static final String SECRETS = "secretsmanager.";
    private static final String SSM = "AmazonSSM.";
    private static final String QUOTAS = "ServiceQuotasV20190624.";
    private static final String SCALING = "AnyScaleFrontendService.";

    private final SandboxServer server = SandboxServer.start(SandboxSettings.of(Timings.FAST), new FakePorts().ports());
    private final WireClient aws = new WireClient(server.url());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void secret_isFoundByNameArnAndPartialArn() {
        String arn = aws.call(SECRETS + "CreateSecret", "{\"Name\":\"app/db\",\"SecretString\":\"s3cret\"}")
                .path("ARN")
                .asText();

        assertThat(arn).matches("arn:aws:secretsmanager:us-east-1:000000000000:secret:app/db-[0-9a-f]{6}");
        for (String id : new String[] {"app/db", arn, arn.substring(0, arn.length() - 7)}) {
            assertThat(aws.call(SECRETS + "GetSecretValue", "{\"SecretId\":\"%s\"}".formatted(id))
                            .path("SecretString")
                            .asText())
                    .isEqualTo("s3cret");
        }
        assertThat(aws.call(SECRETS + "DescribeSecret", "{\"SecretId\":\"app/db\"}")
                        .toString())
                .contains("AWSCURRENT")
                .doesNotContain("s3cret");
    }

    @Test
    void secret_thatIsNotThereOrThereTwice_answersAsSecretsManagerDoes() {
        assertThat(aws.json(SECRETS + "DescribeSecret", "{\"SecretId\":\"none\"}")
                        .body())
                .contains("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
        aws.call(SECRETS + "CreateSecret", "{\"Name\":\"a\"}");
        assertThat(aws.json(SECRETS + "CreateSecret", "{\"Name\":\"a\"}").body())
                .contains("ResourceExistsException");
        aws.call(SECRETS + "DeleteSecret", "{\"SecretId\":\"a\"}");
        assertThat(aws.json(SECRETS + "GetSecretValue", "{\"SecretId\":\"a\"}").status())
                .isEqualTo(400);
    }

    @Test
    void parameters_thatAreNotThere_areListedAsInvalid() {
        aws.call(SSM + "PutParameter", "{\"Name\":\"/app/key\",\"Type\":\"SecureString\",\"Value\":\"k\"}");

        JsonNode answer =
                aws.call(SSM + "GetParameters", "{\"Names\":[\"/app/key\",\"/app/none\"],\"WithDecryption\":true}");

        assertThat(answer.at("/Parameters/0/Value").asText()).isEqualTo("k");
        assertThat(answer.at("/Parameters/0/ARN").asText())
                .isEqualTo("arn:aws:ssm:us-east-1:000000000000:parameter/app/key");
        assertThat(answer.at("/InvalidParameters/0").asText()).isEqualTo("/app/none");
        assertThat(aws.call(SSM + "GetParameters", "{\"Names\":[\"/app/key\"]}")
                        .at("/Parameters/0/Value")
                        .asText())
                .as("without decryption")
                .isNotEqualTo("k");
    }

    @Test
    void parameter_isOverwrittenOnlyWhenAsked() {
        aws.call(SSM + "PutParameter", "{\"Name\":\"a\",\"Type\":\"String\",\"Value\":\"1\"}");

        assertThat(aws.json(SSM + "PutParameter", "{\"Name\":\"a\",\"Value\":\"2\"}")
                        .body())
                .contains("ParameterAlreadyExists");
        assertThat(aws.call(SSM + "PutParameter", "{\"Name\":\"a\",\"Value\":\"2\",\"Overwrite\":true}")
                        .path("Version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void describeParameters_givesPagesAndFilters() {
        aws.call(SSM + "PutParameter", "{\"Name\":\"/a/1\",\"Type\":\"String\",\"Value\":\"1\"}");
        aws.call(SSM + "PutParameter", "{\"Name\":\"/a/2\",\"Type\":\"String\",\"Value\":\"1\"}");

        JsonNode first = aws.call(SSM + "DescribeParameters", "{\"MaxResults\":1}");
        JsonNode second = aws.call(
                SSM + "DescribeParameters",
                "{\"MaxResults\":1,\"NextToken\":\"%s\"}"
                        .formatted(first.path("NextToken").asText()));
        JsonNode filtered = aws.call(
                SSM + "DescribeParameters",
                "{\"ParameterFilters\":[{\"Key\":\"Name\",\"Option\":\"Equals\",\"Values\":[\"/a/2\"]}]}");

        assertThat(first.at("/Parameters/0/Name").asText()).isEqualTo("/a/1");
        assertThat(second.at("/Parameters/0/Name").asText()).isEqualTo("/a/2");
        assertThat(second.has("NextToken")).isFalse();
        assertThat(filtered.path("Parameters")).hasSize(1);
    }

    @Test
    void logGroup_isThereOnceItIsCreated() {
        aws.call(LOGS + "CreateLogGroup", "{\"logGroupName\":\"/ecs/app\"}");

        assertThat(aws.call(LOGS + "DescribeLogGroups", "{\"logGroupNamePrefix\":\"/ecs\"}")
                        .at("/logGroups/0/logGroupName")
                        .asText())
                .isEqualTo("/ecs/app");
        assertThat(aws.call(LOGS + "DescribeLogStreams", "{\"logGroupName\":\"/ecs/app\"}")
                        .path("logStreams"))
                .isEmpty();
        assertThat(aws.json(LOGS + "CreateLogGroup", "{\"logGroupName\":\"/ecs/app\"}")
                        .body())
                .contains("ResourceAlreadyExistsException");
    }

    @Test
    void quota_canBeChangedForATest() {
        aws.admin("POST", "quotas", "{\"ServiceCode\":\"ecs\",\"QuotaCode\":\"L-46458851\",\"Value\":10}");

        assertThat(aws.call(QUOTAS + "GetServiceQuota", "{\"ServiceCode\":\"ecs\",\"QuotaCode\":\"L-46458851\"}")
                        .at("/Quota/Value")
                        .asInt())
                .isEqualTo(10);
        assertThat(aws.call(QUOTAS + "ListServiceQuotas", "{\"ServiceCode\":\"ecs\"}")
                        .path("Quotas"))
                .hasSize(3);
        assertThat(aws.json(QUOTAS + "ListServiceQuotas", "{\"ServiceCode\":\"moon\"}")
                        .body())
                .contains("NoSuchResourceException");
    }

    @Test
    void scalableTarget_isShownWithItsPolicies() {
        String of = "\"ServiceNamespace\":\"ecs\",\"ResourceId\":\"service/dev/puma\","
                + "\"ScalableDimension\":\"ecs:service:DesiredCount\"";
        assertThat(aws.json(SCALING + "PutScalingPolicy", "{%s,\"PolicyName\":\"cpu\"}".formatted(of))
                        .body())
                .contains("ObjectNotFoundException");

        aws.call(SCALING + "RegisterScalableTarget", "{%s,\"MinCapacity\":2,\"MaxCapacity\":8}".formatted(of));
        aws.call(SCALING + "PutScalingPolicy", "{%s,\"PolicyName\":\"cpu\"}".formatted(of));

        JsonNode targets = aws.call(
                SCALING + "DescribeScalableTargets",
                "{\"ServiceNamespace\":\"ecs\",\"ResourceIds\":[\"service/dev/puma\"]}");
        assertThat(targets.at("/ScalableTargets/0/MaxCapacity").asInt()).isEqualTo(8);
        assertThat(aws.call(SCALING + "DescribeScalingPolicies", "{\"ServiceNamespace\":\"ecs\"}")
                        .path("ScalingPolicies"))
                .hasSize(1);
        assertThat(aws.call(
                                SCALING + "DescribeScalableTargets",
                                "{\"ServiceNamespace\":\"ecs\",\"ResourceIds\":[\"service/dev/other\"]}")
                        .path("ScalableTargets"))
                .isEmpty();
    }
}
