package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECR;
import static io.deployflow.sandbox.WireClient.ECS;
import static io.deployflow.sandbox.WireClient.LOGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.WireClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxServerTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final FakePorts fake = new FakePorts();
    private SandboxServer server;
    private WireClient aws;

    @BeforeEach
    void start() {
        server = SandboxServer.start(SandboxSettings.of(Timings.FAST), fake.ports());
        aws = new WireClient(server.url());
        aws.call(ECS + "CreateCluster", "{\"clusterName\":\"dev\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void getCallerIdentity_answersXml() {
        Answer answer = aws.query("Action=GetCallerIdentity&Version=2011-06-15");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">")
                .contains("<GetCallerIdentityResult>", "<Account>000000000000</Account>", "<RequestId>");
    }

    @Test
    void anyCall_withoutSignature_isRefused() {
        Answer json = aws.unsigned(Map.of("X-Amz-Target", ECS + "ListClusters"), "{}");
        Answer query = aws.unsigned(Map.of(), "Action=GetCallerIdentity&Version=2011-06-15");

        assertThat(json.status()).isEqualTo(400);
        assertThat(json.body()).contains("MissingAuthenticationTokenException");
        assertThat(query.status()).isEqualTo(403);
        assertThat(query.body()).contains("<Code>MissingAuthenticationToken</Code>");
    }

    @Test
    void unknownOperation_answersAsAwsDoes() {
        assertThat(aws.json(ECS + "CreateDaemon", "{}").body()).contains("UnknownOperationException");
        assertThat(aws.query("Action=CreateTrustStore&Version=2015-12-01").body())
                .contains("<Code>InvalidAction</Code>");
        assertThat(aws.json(ECS + "ListClusters", "not json").body()).contains("SerializationException");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DescribeServices | {"cluster":"none","services":["s"]} | ClusterNotFoundException
                    UpdateService | {"cluster":"dev","service":"none"} | ServiceNotFoundException
                    DescribeServices | {"cluster":"dev","services":[]} | InvalidParameterException
                    DescribeTaskDefinition | {"taskDefinition":"none"} | ClientException
                    RegisterTaskDefinition | {"family":"f","containerDefinitions":[]} | ClientException
                    RegisterTaskDefinition | {"family":"f","containerDefinitions":[{"name":"a","image":"i"}]} | ClientException
                    CreateService | {"cluster":"dev","serviceName":"s","taskDefinition":"none"} | ClientException
                    DescribeServiceDeployments | {"serviceDeploymentArns":[]} | InvalidParameterException
                    StopServiceDeployment | {"serviceDeploymentArn":"none"} | ServiceDeploymentNotFoundException
                    StopTask | {"cluster":"dev","task":"none"} | InvalidParameterException
                    """)
    void badRequest_answersWithEcsError(String operation, String request, String error) {
        Answer answer = aws.json(ECS + operation, request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(aws.parse(answer.body()).path("__type").asText()).isEqualTo(error);
    }

    @Test
    void registerTaskDefinition_keepsEveryFieldAndItsTags() {
        String given = """
                {"family":"puma","cpu":"256","memory":"512","pidMode":"task","runtimePlatform":{"cpuArchitecture":"ARM64"},
                 "tags":[{"key":"owner","value":"web"}],
                 "containerDefinitions":[{"name":"app","image":"app:good","ulimits":[{"name":"nofile","softLimit":1,"hardLimit":2}],
                   "unheardOf":{"deep":[1.5]}}]}""";
        aws.call(ECS + "RegisterTaskDefinition", given);

        JsonNode found =
                aws.call(ECS + "DescribeTaskDefinition", "{\"taskDefinition\":\"puma:1\",\"include\":[\"TAGS\"]}");

        JsonNode definition = found.path("taskDefinition");
        assertThat(definition.path("pidMode").asText()).isEqualTo("task");
        assertThat(definition.at("/runtimePlatform/cpuArchitecture").asText()).isEqualTo("ARM64");
        assertThat(definition.at("/containerDefinitions/0/unheardOf/deep/0").asDouble())
                .isEqualTo(1.5);
        assertThat(definition.at("/containerDefinitions/0/ulimits/0/hardLimit").asInt())
                .isEqualTo(2);
        assertThat(definition.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(found.at("/tags/0/value").asText()).isEqualTo("web");
    }

    @Test
    void deregisterTaskDefinition_makesTheFamilyPointToTheOneBefore() {
        register("app:good");
        register("app:good");

        aws.call(ECS + "DeregisterTaskDefinition", "{\"taskDefinition\":\"puma:2\"}");

        assertThat(aws.call(ECS + "DescribeTaskDefinition", "{\"taskDefinition\":\"puma\"}")
                        .at("/taskDefinition/revision")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void listTaskDefinitions_givesPages() {
        register("app:good");
        register("app:good");
        register("app:good");

        JsonNode first = aws.call(ECS + "ListTaskDefinitions", "{\"maxResults\":2}");
        JsonNode second = aws.call(
                ECS + "ListTaskDefinitions",
                "{\"maxResults\":2,\"nextToken\":\"%s\"}"
                        .formatted(first.path("nextToken").asText()));

        assertThat(first.path("taskDefinitionArns")).hasSize(2);
        assertThat(second.path("taskDefinitionArns")).hasSize(1);
        assertThat(second.has("nextToken")).isFalse();
    }

    @Test
    void tags_canBeAddedAndRemoved() {
        String arn = register("app:good");

        aws.call(
                ECS + "TagResource",
                "{\"resourceArn\":\"%s\",\"tags\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"2\"}]}"
                        .formatted(arn));
        aws.call(ECS + "UntagResource", "{\"resourceArn\":\"%s\",\"tagKeys\":[\"a\"]}".formatted(arn));

        assertThat(aws.call(ECS + "ListTagsForResource", "{\"resourceArn\":\"%s\"}".formatted(arn))
                        .path("tags"))
                .hasSize(1)
                .first()
                .extracting(tag -> tag.path("key").asText())
                .isEqualTo("b");
    }

    @Test
    void createService_whenTheTargetGroupHasNoListener_isRefused() {
        register("app:good");
        String group = aws.elb("Action=CreateTargetGroup&Name=lonely", "TargetGroupArn");

        Answer answer = aws.json(ECS + "CreateService", """
                {"cluster":"dev","serviceName":"puma","taskDefinition":"puma","desiredCount":1,
                 "loadBalancers":[{"targetGroupArn":"%s","containerName":"app","containerPort":3000}]}""".formatted(group));

        assertThat(answer.body()).contains("InvalidParameterException", "does not have an associated load balancer");
    }

    @Test
    void updateService_underCodeDeploy_refusesATaskDefinition() {
        register("app:good");
        aws.call(ECS + "CreateService", """
                {"cluster":"dev","serviceName":"puma","taskDefinition":"puma","desiredCount":0,
                 "deploymentController":{"type":"CODE_DEPLOY"}}""");
        register("app:good");

        assertThat(aws.json(
                                ECS + "UpdateService",
                                "{\"cluster\":\"dev\",\"service\":\"puma\",\"taskDefinition\":\"puma:2\"}")
                        .body())
                .contains("InvalidParameterException", "Use AWS CodeDeploy");
    }

    @Test
    void ecr_givesTheRegistrysPasswordAndImages() {
        fake.push("organization/app", "v1", DIGEST);
        aws.call(ECR + "CreateRepository", "{\"repositoryName\":\"empty\"}");

        String token = aws.call(ECR + "GetAuthorizationToken", "{}")
                .at("/authorizationData/0/authorizationToken")
                .asText();
        JsonNode images = aws.call(ECR + "DescribeImages", "{\"repositoryName\":\"organization/app\"}");

        assertThat(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8))
                .isEqualTo("AWS:secret");
        assertThat(images.at("/imageDetails/0/imageDigest").asText()).isEqualTo(DIGEST);
        assertThat(aws.call(ECR + "DescribeRepositories", "{}").path("repositories"))
                .hasSize(2);
        assertThat(aws.json(ECR + "ListImages", "{\"repositoryName\":\"none\"}").body())
                .contains("RepositoryNotFoundException");
        assertThat(aws.call(
                                ECR + "BatchGetImage",
                                "{\"repositoryName\":\"organization/app\",\"imageIds\":[{\"imageTag\":\"v9\"}]}")
                        .at("/failures/0/failureCode")
                        .asText())
                .isEqualTo("ImageNotFound");
    }

    @Test
    void targetGroup_showsWhatWasConfigured() {
        String group = aws.elb(
                "Action=CreateTargetGroup&Name=web&HealthCheckPath=%2Fhealth&HealthCheckIntervalSeconds=5"
                        + "&Matcher.HttpCode=200-299",
                "TargetGroupArn");
        aws.elb(
                "Action=ModifyTargetGroupAttributes&TargetGroupArn=" + group
                        + "&Attributes.member.1.Key=deregistration_delay.timeout_seconds&Attributes.member.1.Value=5",
                "Attributes");

        Answer described = aws.query("Action=DescribeTargetGroups&Version=2015-12-01&Names.member.1=web");
        Answer attributes =
                aws.query("Action=DescribeTargetGroupAttributes&Version=2015-12-01&TargetGroupArn=" + group);

        assertThat(described.body())
                .contains(
                        "<HealthCheckPath>/health</HealthCheckPath>",
                        "<HealthCheckIntervalSeconds>5</HealthCheckIntervalSeconds>",
                        "<HttpCode>200-299</HttpCode>");
        assertThat(attributes.body()).contains("<Key>deregistration_delay.timeout_seconds</Key><Value>5</Value>");
    }

    @Test
    void logs_ofAGroupNobodyWritesTo_areNotFound() {
        assertThat(aws.json(LOGS + "FilterLogEvents", "{\"logGroupName\":\"/none\"}")
                        .body())
                .contains("ResourceNotFoundException");
    }

    private String register(String image) {
        return aws.call(ECS + "RegisterTaskDefinition", """
                        {"family":"puma","containerDefinitions":[{"name":"app","image":"%s","memory":64,
                          "portMappings":[{"containerPort":3000}]}]}""".formatted(image))
                .at("/taskDefinition/taskDefinitionArn")
                .asText();
    }
}
