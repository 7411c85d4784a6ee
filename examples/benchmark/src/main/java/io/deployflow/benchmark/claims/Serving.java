package io.deployflow.benchmark.claims;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each address must serve, and what a tool's rollback leads to. It is not always what was served before: this
 * project goes to the newest good release that is older than the live one, whether that was taken back or not, and
 * takes for good what somebody deployed by hand if it served when this project deployed; Capistrano removes what it has
 * taken back; a script by hand goes to what it has found.
 */
final class Serving {
    private final Map<List<URI>, String> live = new HashMap<>();
    // By tool: what it could go back to, the newest last, and that is what it has deployed itself.
    private final Map<String, List<String>> known = new HashMap<>();

    /** What the road's addresses serve; empty if nothing was deployed there. */
    String live(Road road) {
        return live.getOrDefault(road.addresses(), "");
    }

    /** Whether this very tool has deployed there. */
    boolean knows(Road road) {
        return !of(road).isEmpty();
    }

    /** Whether the tool has deployed what is live, and something to go back to. */
    boolean canGoBack(Road road) {
        List<String> releases = of(road);
        return releases.size() > 1 && releases.get(releases.size() - 1).equals(live(road));
    }

    /** What the tool's rollback leads to. */
    String before(Road road) {
        return of(road).get(of(road).size() - 2);
    }

    /** Notes a deploy that succeeded. */
    void deployed(Road road, String greeting) {
        List<String> releases = of(road);
        String found = live(road);
        if (!found.isEmpty() && (road.name().equals(ByHand.NAME) || !releases.contains(found))) {
            releases.add(found);
        }
        releases.add(greeting);
        live.put(road.addresses(), greeting);
    }

    /** Notes a rollback that succeeded. */
    void wentBack(Road road) {
        live.put(road.addresses(), before(road));
        if (road.name().equals(CapistranoRoad.NAME)) {
            of(road).remove(of(road).size() - 1);
        }
    }

    /** Notes that nobody knows what is live. */
    void lost(Road road) {
        live.remove(road.addresses());
    }

    /** Both ways to make an image lead to releases of the same service. */
    private List<String> of(Road road) {
        String tool = road.name().equals(Roads.LAYERS) ? Roads.CONTAINERS : road.name();
        return known.computeIfAbsent(tool, none -> new ArrayList<>());
    }
}
