package io.deployflow.benchmark.claims;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each address must serve, and what a tool's rollback leads to. It is not always what was served before: this
 * project goes to the newest good release that is older than the live one, whether that was taken back or not, and
 * knows no release that somebody deployed by hand; Capistrano removes what it has taken back; a script by hand goes to
 * what it has found.
 */
final class Serving {
    private final Map<List<URI>, String> live = new HashMap<>();
    private final Map<String, List<Deployed>> deployed = new HashMap<>();

    /**
     * A deploy that succeeded.
     *
     * @param greeting what it has served since
     * @param before what taking it back leads to; empty where there is nothing
     */
    private record Deployed(String greeting, String before) {}

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
        return knows(road)
                && last(road).greeting().equals(live(road))
                && !last(road).before().isEmpty();
    }

    /** What the tool's rollback leads to. */
    String before(Road road) {
        return last(road).before();
    }

    /** Notes a deploy that succeeded. */
    void deployed(Road road, String greeting) {
        boolean found = road.name().equals(ByHand.NAME);
        String before = found ? live(road) : knows(road) ? last(road).greeting() : "";
        of(road).add(new Deployed(greeting, before));
        live.put(road.addresses(), greeting);
    }

    /** Notes a rollback that succeeded. */
    void wentBack(Road road) {
        live.put(road.addresses(), before(road));
        if (road.name().equals(CapistranoRoad.NAME)) {
            of(road).remove(of(road).size() - 1);
        }
    }

    private Deployed last(Road road) {
        return of(road).get(of(road).size() - 1);
    }

    /** Both ways to make an image lead to releases of the same service. */
    private List<Deployed> of(Road road) {
        String tool = road.name().equals(Roads.LAYERS) ? Roads.CONTAINERS : road.name();
        return deployed.computeIfAbsent(tool, none -> new ArrayList<>());
    }
}
