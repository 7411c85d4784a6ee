package io.deployflow.ecs;

import io.deployflow.Change;
import io.deployflow.Plan;
import io.deployflow.spi.DeployContext;
import java.util.List;

/** Tells what a build and a push of an image would do. */
@FunctionalInterface
interface ImagePlan {
    /**
     * What would be done.
     *
     * @param changes what would be new in the registry
     * @param steps what would be run and sent
     */
    record Preview(List<Change> changes, List<Plan.Step> steps) {
        public Preview {
            changes = List.copyOf(changes);
            steps = List.copyOf(steps);
        }
    }

    /** Looks, and changes nothing. */
    Preview preview(ImageReference image, DeployContext context);
}
