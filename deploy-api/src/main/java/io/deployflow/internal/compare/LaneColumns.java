package io.deployflow.internal.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.Lane;
import io.deployflow.compare.ComparisonReport.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The lanes of a run, column by column. A comparison can have half a million spans: written as objects they would be
 * thirty times as long. Of each lane there are its unit, service, release, whether it was replaced, and how many spans
 * it has; of each span its name, the milliseconds since the span before it (since the run began, for a lane's first),
 * how many it took, and how it ended (0 done, 1 failed, 2 open).
 */
final class LaneColumns {
    private static final List<Lane.End> ENDS = List.of(Lane.End.DONE, Lane.End.FAILED, Lane.End.OPEN);

    private LaneColumns() {}

    static ObjectNode write(Run run, Dictionary units, Dictionary steps, Dictionary releases) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        ArrayNode unit = columns.putArray("unit");
        ArrayNode service = columns.putArray("service");
        ArrayNode release = columns.putArray("release");
        ArrayNode replaced = columns.putArray("replaced");
        ArrayNode spans = columns.putArray("spans");
        ArrayNode step = columns.putArray("step");
        ArrayNode gap = columns.putArray("gap_ms");
        ArrayNode took = columns.putArray("took_ms");
        ArrayNode end = columns.putArray("end");
        for (Lane lane : run.lanes()) {
            unit.add(units.number(lane.unit()));
            service.add(units.number(lane.group()));
            release.add(releases.number(lane.release()));
            replaced.add(lane.replaced() ? 1 : 0);
            spans.add(lane.spans().size());
            long last = 0;
            for (Lane.Span span : lane.spans()) {
                long from = Duration.between(run.begun(), span.start()).toMillis();
                long length = span.took().toMillis();
                step.add(steps.number(span.name()));
                gap.add(from - last);
                took.add(length);
                end.add(ENDS.indexOf(span.end()));
                last = from + length;
            }
        }
        return columns;
    }

    static List<Lane> read(JsonNode columns, JsonNode document, Instant begun) {
        List<Lane> lanes = new ArrayList<>();
        int next = 0;
        for (int index = 0; index < columns.path("unit").size(); index++) {
            List<Lane.Span> spans = new ArrayList<>();
            long last = 0;
            for (int count = columns.path("spans").get(index).asInt(); count > 0; count--) {
                long from = last + columns.path("gap_ms").get(next).asLong();
                long length = columns.path("took_ms").get(next).asLong();
                spans.add(new Lane.Span(
                        name(document, "steps", columns.path("step").get(next)),
                        begun.plusMillis(from),
                        Duration.ofMillis(length),
                        ENDS.get(columns.path("end").get(next).asInt())));
                last = from + length;
                next++;
            }
            lanes.add(new Lane(
                    name(document, "units", columns.path("unit").get(index)),
                    name(document, "units", columns.path("service").get(index)),
                    name(document, "releases", columns.path("release").get(index)),
                    columns.path("replaced").get(index).asInt() == 1,
                    spans));
        }
        return lanes;
    }

    private static String name(JsonNode document, String dictionary, JsonNode number) {
        return document.path(dictionary).path(number.asInt()).asText();
    }
}
