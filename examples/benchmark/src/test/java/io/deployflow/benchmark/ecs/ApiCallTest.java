package io.deployflow.benchmark.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiCallTest {
    private static final Instant START = Instant.ofEpochMilli(1_767_000_000_123L);

    @Test
    void read_takesTimeAndNameFromTheLog() throws Exception {
        String log = """
                {"calls":[{"time":1767000000.123,"service":"ecs","operation":"UpdateService","status":200}]}""";

        assertThat(ApiCall.read(new ObjectMapper().readTree(log))).containsExactly(new ApiCall(START, "UpdateService"));
    }

    @Test
    void ofRollout_beginsWithTheLookBeforeTheUpdateAndEndsInTime() {
        List<ApiCall> all = List.of(
                call(0, "DescribeServices"),
                call(10, "RegisterTaskDefinition"),
                call(20, "DescribeServices"),
                call(30, "UpdateService"),
                call(900, "DescribeServiceDeployments"),
                call(2000, "TagResource"));

        assertThat(ApiCall.ofRollout(all, START.plusMillis(1000)))
                .extracting(ApiCall::operation)
                .containsExactly("DescribeServices", "UpdateService", "DescribeServiceDeployments");
    }

    @Test
    void ofRollout_leavesOutWhatTheCleanupBeginsWith() {
        List<ApiCall> all = List.of(
                call(0, "DescribeServices"),
                call(10, "UpdateService"),
                call(900, "DescribeServiceDeployments"),
                call(910, "ListTasks"),
                call(920, "DescribeTasks"),
                call(930, "TagResource"),
                call(930, "DescribeServices"));

        assertThat(ApiCall.ofRollout(all, START.plusMillis(1000)))
                .extracting(ApiCall::operation)
                .endsWith("ListTasks", "DescribeTasks")
                .hasSize(5);
    }

    @Test
    void looks_areCallsWithAPauseBeforeThem() {
        List<ApiCall> calls = List.of(call(0, "a"), call(20, "b"), call(800, "c"), call(1600, "d"), call(1610, "e"));

        assertThat(ApiCall.looks(calls)).isEqualTo(3);
        assertThat(ApiCall.looks(List.of())).isZero();
    }

    @Test
    void busiestSecond_isOfAnyWindow() {
        List<ApiCall> calls = List.of(call(0, "a"), call(900, "b"), call(1000, "c"), call(1899, "d"), call(2500, "e"));

        assertThat(ApiCall.busiestSecond(calls)).isEqualTo(3);
    }

    private static ApiCall call(long millis, String operation) {
        return new ApiCall(START.plusMillis(millis), operation);
    }
}
