package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last calls that were answered, or dropped. */
final class CallLog {

    private static final int KEPT = 10_000;

    private final Deque<ObjectNode> calls = new ArrayDeque<>();

    synchronized void add(Instant time, AwsCall call, int status, String error, ObjectNode about) {
        ObjectNode entry = Json.object()
                .put("time", Json.time(time))
                .put("service", call.service())
                .put("operation", call.operation())
                .put("status", status);
        entry.setAll(about);
        calls.addLast(error.isEmpty() ? entry : entry.put("error", error));
        if (calls.size() > KEPT) {
            calls.removeFirst();
        }
    }

    synchronized List<ObjectNode> list() {
        return new ArrayList<>(calls);
    }

    synchronized void clear() {
        calls.clear();
    }
}
