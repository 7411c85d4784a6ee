package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * A fault to inject.
 *
 * @param operation the operation that it befalls, or {@code *}
 * @param kind what happens
 * @param skip how many matching calls go through before
 * @param count how many calls it befalls after that
 * @param every which of those that match it befalls: each at 1, the last of every ten at 10
 * @param delay how long a delayed call waits
 */
record Fault(String operation, Kind kind, int skip, int count, int every, Duration delay) {

    /** What happens to a call. */
    enum Kind {
        /** Refused because there are too many. */
        THROTTLE,
        /** An internal error, HTTP 500. */
        ERROR,
        /** Refused because the caller may not. */
        DENIED,
        /** Refused because the caller's credentials have expired. */
        EXPIRED,
        /** The connection is closed without an answer; the call is not carried out. */
        DROP,
        /** The call is carried out, and then the connection is closed without an answer. */
        DROP_ANSWER,
        /** The call is carried out late. */
        DELAY,
        /** The call is carried out at once, and answered late. */
        DELAY_ANSWER;

        String apiName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Fault read(ObjectNode json) {
        int every = Math.max(1, json.path("every").asInt(1));
        return new Fault(
                json.path("operation").asText("*"),
                kind(json.path("kind").asText()),
                json.path("skip").asInt(0) + every - 1,
                json.path("count").asInt(1),
                every,
                Duration.ofMillis(json.path("delayMillis").asLong(1000)));
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.apiName().equals(name))
                .findFirst()
                .orElseThrow(() -> AwsException.invalid("kind must be one of %s, not '%s'"
                        .formatted(
                                Arrays.stream(Kind.values()).map(Kind::apiName).toList(), name)));
    }

    boolean matches(AwsCall call) {
        return operation.equals("*") || operation.equals(call.operation());
    }

    boolean spent() {
        return count <= 0;
    }

    boolean strikes() {
        return skip <= 0;
    }

    /** What is left of it after a matching call. */
    Fault next() {
        return strikes()
                ? new Fault(operation, kind, every - 1, count - 1, every, delay)
                : new Fault(operation, kind, skip - 1, count, every, delay);
    }

    ObjectNode json() {
        return Json.object()
                .put("operation", operation)
                .put("kind", kind.apiName())
                .put("skip", skip)
                .put("count", count)
                .put("every", every)
                .put("delayMillis", delay.toMillis());
    }
}
