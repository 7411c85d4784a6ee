package io.deployflow.benchmark.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A call that the sandbox answered.
 *
 * @param time when, by the sandbox's clock
 * @param operation its name
 */
public record ApiCall(Instant time, String operation) {
    /** Between two looks at a rollout lies more than this, between the calls of one look less. */
    private static final Duration BREATH = Duration.ofMillis(150);

    private static final double MILLIS = 1000;

    /** Reads the sandbox's log. */
    static List<ApiCall> read(JsonNode log) {
        return StreamSupport.stream(log.path("calls").spliterator(), false)
                .map(call -> new ApiCall(
                        Instant.ofEpochMilli(Math.round(call.path("time").asDouble() * MILLIS)),
                        call.path("operation").asText()))
                .toList();
    }

    /**
     * Those of a rollout: from the look at the services before the first of them is updated, until the one at the tasks
     * with which it ends. What comes after that is the cleanup's, which may begin before the end is told.
     */
    static List<ApiCall> ofRollout(List<ApiCall> all, Instant end) {
        List<ApiCall> until =
                all.stream().filter(call -> !call.time().isAfter(end)).toList();
        List<String> names = until.stream().map(ApiCall::operation).toList();
        int update = names.indexOf("UpdateService");
        int begin = update < 0 ? 0 : Math.max(0, names.subList(0, update).lastIndexOf("DescribeServices"));
        int last = names.lastIndexOf("DescribeTasks");
        return until.subList(begin, last < begin ? until.size() : last + 1);
    }

    /** How many times it was looked: calls with a pause before them. */
    static int looks(List<ApiCall> calls) {
        int looks = 0;
        for (int i = 0; i < calls.size(); i++) {
            if (i == 0
                    || calls.get(i - 1)
                            .time()
                            .plus(BREATH)
                            .isBefore(calls.get(i).time())) {
                looks++;
            }
        }
        return looks;
    }

    /** The most calls within any second. */
    static int busiestSecond(List<ApiCall> calls) {
        int most = 0;
        List<ApiCall> window = new ArrayList<>();
        for (ApiCall call : calls) {
            window.add(call);
            window.removeIf(earlier -> !earlier.time().plusSeconds(1).isAfter(call.time()));
            most = Math.max(most, window.size());
        }
        return most;
    }
}
