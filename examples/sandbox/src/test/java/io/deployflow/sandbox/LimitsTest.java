package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECR;
import static io.deployflow.sandbox.WireClient.ECS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages, and how much may be asked for in one call. */
class LimitsTest {

    private final SimulatedSandbox sandbox = Sandbox.simulated().start();
    private final WireClient aws = new WireClient(sandbox.endpoint());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void listTasks_ofAServiceOfAHundredAndTwenty_givesPagesAndDescribeTakesAHundred() {
        sandbox.addService("crowd", 120);
        List<String> tasks = pages("ListTasks", "\"serviceName\":\"crowd\"", "taskArns");

        assertThat(tasks).hasSize(120).doesNotHaveDuplicates();
        assertThat(describe(tasks.subList(0, 100)).at("/tasks")).hasSize(100);
        assertThat(aws.json(ECS + "DescribeTasks", tasksRequest(tasks)).body())
                .contains("InvalidParameterException", "100");
    }

    @Test
    void listServiceDeployments_canBeFilteredAndPaged() {
        sandbox.addService("puma", 1);
        for (int deploy = 0; deploy < 3; deploy++) {
            aws.call(
                    ECS + "UpdateService",
                    "{\"cluster\":\"app-dev\",\"service\":\"puma\",\"forceNewDeployment\":true}");
            sandbox.advance(Duration.ofMinutes(3));
        }
        double second = aws.call(ECS + "ListServiceDeployments", "{\"cluster\":\"app-dev\",\"service\":\"puma\"}")
                .at("/serviceDeployments/2/createdAt")
                .asDouble();

        assertThat(pages("ListServiceDeployments", "\"service\":\"puma\",\"maxResults\":1", "serviceDeployments"))
                .hasSize(4);
        assertThat(pages(
                        "ListServiceDeployments",
                        "\"service\":\"puma\",\"createdAt\":{\"after\":%s}".formatted(second),
                        "serviceDeployments"))
                .hasSize(2);
        assertThat(pages(
                        "ListServiceDeployments",
                        "\"service\":\"puma\",\"status\":[\"STOPPED\"]",
                        "serviceDeployments"))
                .isEmpty();
    }

    @Test
    void listServices_givesTenUnlessAskedForMore() {
        aws.call(ECS + "RegisterTaskDefinition", """
                {"family":"f","containerDefinitions":[{"name":"app","image":"i","memory":64}]}""");
        IntStream.range(0, 25)
                .forEach(number -> aws.call(
                        ECS + "CreateService",
                        "{\"cluster\":\"app-dev\",\"serviceName\":\"s%d\",\"taskDefinition\":\"f\",\"desiredCount\":0}"
                                .formatted(number)));

        assertThat(aws.call(ECS + "ListServices", "{\"cluster\":\"app-dev\"}").path("serviceArns"))
                .hasSize(10);
        assertThat(pages("ListServices", "\"maxResults\":7", "serviceArns")).hasSize(25);
        String eleven =
                IntStream.range(0, 11).mapToObj(number -> "\"s" + number + "\"").collect(Collectors.joining(","));
        assertThat(aws.json(ECS + "DescribeServices", "{\"cluster\":\"app-dev\",\"services\":[%s]}".formatted(eleven))
                        .body())
                .contains("InvalidParameterException", "10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ListTasks | {"cluster":"app-dev","maxResults":101}
            ListTasks | {"cluster":"app-dev","maxResults":0}
            ListTasks | {"cluster":"app-dev","nextToken":"none of ours"}
            ListTaskDefinitions | {"maxResults":101}
            ListClusters | {"maxResults":101}
            DescribeTasks | {"cluster":"app-dev","tasks":[]}
            RunTask | {"cluster":"app-dev","taskDefinition":"f","count":11}
            RunTask | {"cluster":"app-dev","taskDefinition":"f","launchType":"FARGATE"}
            RunTask | {"cluster":"app-dev","taskDefinition":"vpc"}
            RunTask | {"cluster":"app-dev","taskDefinition":"f","networkConfiguration":{"awsvpcConfiguration":{}}}
            RunTask | {"cluster":"app-dev","taskDefinition":"f","overrides":{"containerOverrides":[{"name":"b"}]}}
            CreateService | {"cluster":"app-dev","serviceName":"s","taskDefinition":"vpc"}
            """)
    void tooMuchOrWrong_isRefused(String operation, String request) {
        aws.call(ECS + "RegisterTaskDefinition", """
                {"family":"f","containerDefinitions":[{"name":"app","image":"i","memory":64}]}""");
        aws.call(ECS + "RegisterTaskDefinition", """
                {"family":"vpc","networkMode":"awsvpc","containerDefinitions":[{"name":"app","image":"i","memory":64}]}""");

        assertThat(aws.json(ECS + operation, request).body()).contains("InvalidParameterException");
    }

    @Test
    void describeServiceDeployments_takesTwenty() {
        String arns = IntStream.range(0, 21).mapToObj(number -> "\"arn\"").collect(Collectors.joining(","));

        assertThat(aws.json(ECS + "DescribeServiceDeployments", "{\"serviceDeploymentArns\":[%s]}".formatted(arns))
                        .body())
                .contains("InvalidParameterException", "20");
    }

    @Test
    void ecrImages_comeInPages() {
        IntStream.range(0, 5).forEach(number -> sandbox.push("organization/app", "v" + number, Script.GOOD));

        JsonNode first = aws.call(ECR + "DescribeImages", "{\"repositoryName\":\"organization/app\",\"maxResults\":3}");
        JsonNode second = aws.call(
                ECR + "DescribeImages",
                "{\"repositoryName\":\"organization/app\",\"maxResults\":3,\"nextToken\":\"%s\"}"
                        .formatted(first.path("nextToken").asText()));

        assertThat(first.path("imageDetails")).hasSize(3);
        assertThat(second.path("imageDetails")).hasSize(2);
    }

    /** Everything that a List operation has, page after page. */
    private List<String> pages(String operation, String fields, String list) {
        List<String> all = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = aws.call(
                    ECS + operation,
                    "{\"cluster\":\"app-dev\",%s%s}"
                            .formatted(fields, token.isEmpty() ? "" : ",\"nextToken\":\"" + token + "\""));
            page.path(list).forEach(item -> all.add(item.toString()));
            token = page.path("nextToken").asText("");
        } while (!token.isEmpty());
        return all;
    }

    private JsonNode describe(List<String> tasks) {
        return aws.call(ECS + "DescribeTasks", tasksRequest(tasks));
    }

    private static String tasksRequest(List<String> quoted) {
        return "{\"cluster\":\"app-dev\",\"tasks\":[%s]}".formatted(String.join(",", quoted));
    }
}
