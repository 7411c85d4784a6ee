package io.deployflow.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.deployflow.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a waterfall: one unit, or several that went alike.
 *
 * @param label what it is called
 * @param lanes what the units did
 */
record LaneRow(String label, List<Lane> lanes) {
    /** A span that took this much longer than those like it is looked at by itself. */
    private static final int SLOW_TIMES = 2;

    private static final Duration SLOW_BY = Duration.ofSeconds(2);
    private static final int MOST_ALONE = 5;

    private record Kind(String group, String release, boolean replaced) {
        static Kind of(Lane lane) {
            return new Kind(lane.group(), lane.release(), lane.replaced());
        }
    }

    /**
     * The rows; what goes stands below what comes.
     *
     * @param each whether each unit is to have its own
     */
    static List<LaneRow> of(List<Lane> lanes, boolean each) {
        Map<Kind, List<Lane>> kinds = lanes.stream()
                .sorted(Comparator.comparing(Lane::replaced))
                .collect(groupingBy(Kind::of, LinkedHashMap::new, toList()));
        boolean grouped = lanes.stream().map(Lane::group).distinct().count() > 1;
        List<LaneRow> rows = new ArrayList<>();
        kinds.values().forEach(alike -> rows.addAll(rows(alike, each, grouped)));
        return rows;
    }

    private static List<LaneRow> rows(List<Lane> kind, boolean each, boolean grouped) {
        List<Lane> alone = kind.stream()
                .filter(lane -> each || isRemarkable(lane, kind))
                .limit(each ? kind.size() : MOST_ALONE)
                .toList();
        List<Lane> others = kind.stream().filter(lane -> !alone.contains(lane)).toList();
        List<LaneRow> rows = new ArrayList<>();
        if (!others.isEmpty()) {
            rows.add(new LaneRow(label(others, grouped), others));
        }
        alone.forEach(lane -> rows.add(new LaneRow(label(List.of(lane), grouped), List.of(lane))));
        return rows;
    }

    private static String label(List<Lane> lanes, boolean grouped) {
        Lane first = lanes.get(0);
        String count = lanes.size() == 1 ? first.unit() : lanes.size() + " units";
        String service = grouped && !first.unit().startsWith(first.group() + "/") ? first.group() + " " : "";
        return (service + count + " " + first.release()).strip();
    }

    /** Whether something failed, or took much longer than it did in most others. */
    private static boolean isRemarkable(Lane lane, List<Lane> all) {
        return lane.spans().stream()
                .anyMatch(span -> span.end() == Lane.End.FAILED || (!span.isServing() && isSlow(span, all)));
    }

    private static boolean isSlow(Lane.Span span, List<Lane> all) {
        List<Duration> alike = all.stream()
                .flatMap(lane -> lane.spans().stream())
                .filter(other -> other.name().equals(span.name()))
                .map(Lane.Span::took)
                .sorted()
                .toList();
        Duration usual = alike.get((alike.size() - 1) / 2);
        return span.took().compareTo(usual.multipliedBy(SLOW_TIMES)) > 0
                && span.took().compareTo(usual.plus(SLOW_BY)) > 0;
    }
}
