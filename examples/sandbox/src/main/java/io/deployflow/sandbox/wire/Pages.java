package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/** How many items a page of a list has at most, whatever a call asks for: AWS may give fewer, too. */
final class Pages {

    /** As the APIs spell it. */
    private static final List<String> FIELDS = List.of("maxResults", "MaxResults");

    private volatile OptionalInt most = OptionalInt.empty();

    /** Makes pages short from now on; 0 leaves them as they are asked for. */
    void limit(int items) {
        most = items > 0 ? OptionalInt.of(items) : OptionalInt.empty();
    }

    /** The call for a page that is no longer than that; only calls that list look at it. */
    AwsCall cut(AwsCall call) {
        if (most.isEmpty()) {
            return call;
        }
        ObjectNode request = call.request().deepCopy();
        for (String field : FIELDS) {
            request.put(field, Math.min(most.getAsInt(), request.path(field).asInt(Integer.MAX_VALUE)));
        }
        return new AwsCall(call.service(), call.operation(), request, call.protocol());
    }

    ObjectNode json() {
        return Json.object().put("most", most.orElse(0));
    }
}
