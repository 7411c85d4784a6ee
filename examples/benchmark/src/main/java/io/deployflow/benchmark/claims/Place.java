package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.DemoApplication;
import java.util.ArrayList;
import java.util.List;

/**
 * What is deployed, and by which roads.
 *
 * @param application whose commits are deployed
 * @param roads in the order of the tables; they take turns
 */
record Place(DemoApplication application, List<Road> roads) {
    /** Has a list of its own, which can be rotated. */
    Place {
        roads = new ArrayList<>(roads);
    }

    /** All roads of a bed. */
    static Place of(Bed bed) {
        return new Place(bed.application(), Roads.roads(bed));
    }
}
