package io.deployflow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.Lane;
import io.deployflow.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What units did, as JSON. The names of the fields are a promise: see {@code docs/cli.md}. */
final class JsonLanes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonLanes() {}

    static ArrayNode of(Timeline timeline) {
        return JSON.arrayNode()
                .addAll(timeline.lanes().stream()
                        .map(lane -> lane(lane, timeline.begun()))
                        .toList());
    }

    private static ObjectNode lane(Lane lane, Instant begun) {
        ObjectNode json = JSON.objectNode()
                .put("unit", lane.unit())
                .put("service", lane.group())
                .put("release", lane.release())
                .put("replaced", lane.replaced());
        return json.set(
                "spans",
                JSON.arrayNode()
                        .addAll(lane.spans().stream()
                                .map(span -> span(span, begun))
                                .toList()));
    }

    private static ObjectNode span(Lane.Span span, Instant begun) {
        return JSON.objectNode()
                .put("name", span.name())
                .put("at", span.start().toString())
                .put("start_ms", Duration.between(begun, span.start()).toMillis())
                .put("took_ms", span.took().toMillis())
                .put("end", span.end().name().toLowerCase(Locale.ROOT));
    }
}
