package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private static final Road HOSTS = new Road("hosts", "classic", List.of());

    @Test
    void of_whenAPhaseDidNotRun_leavesItsCellAndUnusedColumnsOut() {
        String table = ResultTable.of(List.of(
                result("first deploy", 0, Map.of("start", Duration.ofMillis(640), "build", Duration.ofMillis(2260))),
                result("rollback", 5, Map.of("start", Duration.ofMillis(1000)))));

        assertThat(table).isEqualTo("""
                        | scenario     | road  | total | start | build | exit |
                        |--------------|-------|------:|------:|------:|-----:|
                        | first deploy | hosts |  12.3 |   0.6 |   2.3 |    0 |
                        | rollback     | hosts |  12.3 |   1.0 |     - |    5 |""");
    }

    private static Result result(String title, int exitCode, Map<String, Duration> phases) {
        Scenario scenario = new Scenario(title, () -> {}, "deploy", exitCode, "");
        return new Result(
                scenario, HOSTS, new Run(exitCode, Duration.ofMillis(12_345), phases, Map.of(), "deployed", ""), "");
    }
}
