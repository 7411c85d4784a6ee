package io.deployflow.internal;

import io.deployflow.Lane;
import io.deployflow.Lane.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what is told of units' lanes, piece by piece. */
public final class Lanes {
    private static final Comparator<Moment> BY_TIME =
            Comparator.comparing(Moment::start).thenComparing(Moment::name);

    private final Map<Unit, Lane> newest = new LinkedHashMap<>();
    private final Map<Unit, Map<Moment, Span>> spans = new LinkedHashMap<>();

    private record Unit(String group, String name) {}

    private record Moment(Instant start, String name) {}

    /** Takes in what is told: spans of the same name and start are known better now. */
    public void add(Lane lane) {
        Unit unit = new Unit(lane.group(), lane.unit());
        newest.put(unit, lane);
        Map<Moment, Span> known = spans.computeIfAbsent(unit, key -> new TreeMap<>(BY_TIME));
        lane.spans().forEach(span -> known.put(new Moment(span.start(), span.name()), span));
    }

    /** What is known so far, units in the order in which they were first told of. */
    public List<Lane> all() {
        List<Lane> all = new ArrayList<>();
        newest.forEach((unit, lane) -> all.add(new Lane(
                lane.unit(),
                lane.group(),
                lane.release(),
                lane.replaced(),
                List.copyOf(spans.getOrDefault(unit, Map.of()).values()))));
        return all;
    }
}
