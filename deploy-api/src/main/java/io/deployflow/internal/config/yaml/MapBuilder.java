package io.deployflow.internal.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a map together: each key once, and what {@code <<} merges only where the map has no value of its own. */
final class MapBuilder {
    private static final String MERGE = "<<";

    private final Mistakes mistakes;
    private final Map<String, MapNode.Entry> own = new LinkedHashMap<>();

    MapBuilder(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void add(MapNode.Entry entry) {
        MapNode.@Nullable Entry first = own.putIfAbsent(entry.key(), entry);
        if (first != null) {
            mistakes.add(
                    entry.location(),
                    "duplicate key '" + entry.key() + "', already in line "
                            + first.location().line());
        }
    }

    MapNode build(Location location) throws SyntaxException {
        MapNode.@Nullable Entry merge = own.remove(MERGE);
        Map<String, MapNode.Entry> all = new LinkedHashMap<>(own);
        if (merge != null) {
            for (MapNode source : sources(merge)) {
                source.entries().forEach(entry -> all.putIfAbsent(entry.key(), entry));
            }
        }
        return new MapNode(location, List.copyOf(all.values()));
    }

    private static List<MapNode> sources(MapNode.Entry merge) throws SyntaxException {
        List<Node> nodes = merge.value() instanceof ListNode list ? list.items() : List.of(merge.value());
        List<MapNode> sources = new ArrayList<>();
        for (Node node : nodes) {
            if (!(node instanceof MapNode map)) {
                throw new SyntaxException(
                        merge.location(), "'<<' must be an alias of a map or a list of such, is " + node.words());
            }
            sources.add(map);
        }
        return sources;
    }
}
