package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.port.LogLine;
import io.deployflow.sandbox.wire.AwsException;
import java.util.List;

/**
 * A part of a stream as GetLogEvents gives it. A token says where the next page begins or ends; at the end of the
 * stream it stays the same, and gives what is written later.
 *
 * @param lines the lines of the page
 * @param nextForward the token of what follows
 * @param nextBackward the token of what was before
 */
record LogPage(List<LogLine> lines, String nextForward, String nextBackward) {

    private static final int MOST = 10_000;
    private static final String FORWARD = "f/";
    private static final String BACKWARD = "b/";

    static LogPage of(List<LogLine> all, ObjectNode request) {
        int limit = request.path("limit").asInt(MOST);
        if (limit < 1 || limit > MOST) {
            throw AwsException.invalid("1 validation error detected: Value at 'limit' failed to satisfy constraint.");
        }
        String token = request.path("nextToken").asText("");
        if (token.startsWith(BACKWARD)) {
            return endingAt(all, position(token, all), limit);
        }
        if (token.startsWith(FORWARD)) {
            return from(all, position(token, all), limit);
        }
        if (!token.isEmpty()) {
            throw invalidToken();
        }
        return request.path("startFromHead").asBoolean(false) ? from(all, 0, limit) : endingAt(all, all.size(), limit);
    }

    private static LogPage from(List<LogLine> all, int first, int limit) {
        return page(all, first, Math.min(all.size(), first + limit));
    }

    private static LogPage endingAt(List<LogLine> all, int end, int limit) {
        return page(all, Math.max(0, end - limit), end);
    }

    private static LogPage page(List<LogLine> all, int first, int end) {
        return new LogPage(all.subList(first, end), FORWARD + end, BACKWARD + first);
    }

    private static int position(String token, List<LogLine> all) {
        try {
            return Math.min(Integer.parseUnsignedInt(token.substring(FORWARD.length())), all.size());
        } catch (NumberFormatException e) {
            AwsException invalid = invalidToken();
            invalid.initCause(e);
            throw invalid;
        }
    }

    private static AwsException invalidToken() {
        return AwsException.invalid("The specified nextToken is invalid.");
    }
}
