package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.WireClient.Answer;
import java.time.Duration;
import java.time.Instant;
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
