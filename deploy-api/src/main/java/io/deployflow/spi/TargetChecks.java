package io.deployflow.spi;

import io.deployflow.Check;
import java.util.List;
import java.util.Optional;

/** What can be said of a target before anything is built. Changes nothing, and takes no lock. */
public interface TargetChecks {

    /**
     * Looks at everything that a deploy needs at the target. What fails, cannot be reached or may not be asked is an
     * outcome of its check, never thrown; one that may not be asked names the permission that it takes.
     *
     * @return at least one check, in the order in which a deploy would meet them
     */
    List<Check> verify(DeployContext context);

    /**
     * The least that whoever deploys must be allowed, as a document that the target's own access control takes; empty
     * where the target has none.
     *
     * @throws io.deployflow.DeployException if what it depends on cannot be found out
     */
    default Optional<String> policy(DeployContext context) {
        return Optional.empty();
    }
}
