package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.WireClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private final SandboxServer server = SandboxServer.start(SandboxSettings.of(Timings.FAST), new FakePorts().ports());
    private final WireClient aws = new WireClient(server.url());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "throttle,400,ThrottlingException",
        "error,500,ServerException",
        "denied,400,AccessDeniedException",
    })
    void fault_befallsTheNextCallsOnly(String kind, int status, String code) {
        inject("{\"operation\":\"ListClusters\",\"kind\":\"%s\",\"count\":2,\"skip\":1}".formatted(kind));

        assertThat(list().status()).as("skipped").isEqualTo(200);
        assertThat(aws.json(ECS + "DescribeClusters", "{}").status())
                .as("another operation")
                .isEqualTo(200);
        for (int befallen = 0; befallen < 2; befallen++) {
            Answer answer = list();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).contains(code);
        }
        assertThat(list().status()).as("after").isEqualTo(200);
    }

    @Test
    void drop_closesTheConnectionAndDoesNothing() {
        inject("{\"operation\":\"CreateCluster\",\"kind\":\"drop\"}");

        assertThat(aws.json(ECS + "CreateCluster", "{\"clusterName\":\"a\"}").status())
                .isZero();
        assertThat(list().body()).isEqualTo("{\"clusterArns\":[]}");
    }

    @Test
    void dropAnswer_closesTheConnectionAfterItsWork() {
        inject("{\"operation\":\"CreateCluster\",\"kind\":\"drop_answer\"}");

        assertThat(aws.json(ECS + "CreateCluster", "{\"clusterName\":\"a\"}").status())
                .isZero();
        assertThat(list().body()).contains("cluster/a");
    }

    @Test
    void delay_makesTheCallWait() {
        inject("{\"operation\":\"*\",\"kind\":\"delay\",\"delayMillis\":300}");

        Instant before = Instant.now();
        assertThat(list().status()).isEqualTo(200);

        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void delayAnswer_carriesTheCallOutFirst() throws InterruptedException {
        inject("{\"operation\":\"CreateCluster\",\"kind\":\"delay_answer\",\"delayMillis\":600000}");
        Thread waiting = new Thread(() -> aws.json(ECS + "CreateCluster", "{\"clusterName\":\"a\"}"));
        waiting.setDaemon(true);
        waiting.start();

        while (!list().body().contains("cluster/a")) {
            Thread.sleep(5);
        }
        assertThat(waiting.isAlive()).as("nothing was answered").isTrue();
    }

    @Test
    void every_befallsTheLastOfSoMany() {
        inject("{\"operation\":\"*\",\"kind\":\"throttle\",\"every\":3,\"count\":2}");

        assertThat(Stream.generate(this::list).limit(8).map(Answer::status))
                .containsExactly(200, 200, 400, 200, 200, 400, 200, 200);
    }

    @Test
    void runTask_againWithTheSameToken_startsNothingMore() {
        aws.call(ECS + "CreateCluster", "{\"clusterName\":\"dev\"}");
        aws.call(
                ECS + "RegisterTaskDefinition",
                "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"app:good\",\"memory\":64}]}");
        String run = "{\"cluster\":\"dev\",\"taskDefinition\":\"f\",\"clientToken\":\"once\"}";
        inject("{\"operation\":\"RunTask\",\"kind\":\"drop_answer\"}");

        assertThat(aws.json(ECS + "RunTask", run).status()).isZero();
        JsonNode answer = aws.call(ECS + "RunTask", run);

        assertThat(answer.path("tasks")).hasSize(1);
        assertThat(aws.call(ECS + "ListTasks", "{\"cluster\":\"dev\"}").at("/taskArns/0"))
                .isEqualTo(answer.at("/tasks/0/taskArn"));
        assertThat(aws.call(ECS + "ListTasks", "{\"cluster\":\"dev\"}").path("taskArns"))
                .hasSize(1);
        assertThat(aws.json(ECS + "RunTask", run.replace("\"f\"", "\"f:1\"")).body())
                .contains("ConflictException");
    }

    @Test
    void pages_areNoLongerThanTheyMayBe() {
        List.of("a", "b", "c").forEach(name -> aws.call(ECS + "CreateCluster", "{\"clusterName\":\"" + name + "\"}"));
        aws.admin("POST", "pages", "{\"most\":2}");

        JsonNode first = aws.call(ECS + "ListClusters", "{}");
        JsonNode second = aws.call(
                ECS + "ListClusters",
                "{\"nextToken\":\"%s\"}".formatted(first.path("nextToken").asText()));

        assertThat(first.path("clusterArns")).hasSize(2);
        assertThat(second.path("clusterArns")).hasSize(1);
        assertThat(second.has("nextToken")).isFalse();
        aws.admin("POST", "pages", "{\"most\":0}");
        assertThat(aws.call(ECS + "ListClusters", "{}").path("clusterArns")).hasSize(3);
    }

    @Test
    void unknownKind_isRefusedWithTheKindsThereAre() {
        assertThat(inject("{\"kind\":\"flood\"}").path("message").asText()).contains("throttle", "flood");
    }

    @Test
    void faults_canBeListedAndTakenBack() {
        assertThat(inject("{\"operation\":\"ListClusters\",\"kind\":\"error\"}").path("faults"))
                .hasSize(1);

        assertThat(aws.admin("DELETE", "faults", "").path("faults")).isEmpty();
        assertThat(list().status()).isEqualTo(200);
    }

    @Test
    void calls_areRecordedWithTheirResult() {
        list();
        aws.json(ECS + "DescribeServices", "{\"cluster\":\"none\",\"services\":[\"s\"]}");

        JsonNode calls = aws.admin("GET", "calls", "").path("calls");

        assertThat(calls).hasSize(2);
        assertThat(calls.at("/0/operation").asText()).isEqualTo("ListClusters");
        assertThat(calls.at("/0/status").asInt()).isEqualTo(200);
        assertThat(calls.at("/1/error").asText()).isEqualTo("ClusterNotFoundException");
        assertThat(aws.admin("DELETE", "calls", "").path("calls")).isEmpty();
    }

    private JsonNode inject(String fault) {
        return aws.admin("POST", "faults", fault);
    }

    private Answer list() {
        return aws.json(ECS + "ListClusters", "{}");
    }
}
