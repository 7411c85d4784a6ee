package io.deployflow.spi;

import io.deployflow.ConfigurationException;
import io.deployflow.LogQuery;
import io.deployflow.Maintenance;
import io.deployflow.OneOffTask;
import io.deployflow.UnitCommand;
import java.util.Optional;

/**
 * What can be done to a target between deploys. Each operation works on all units at once, and answers for each of
 * them; it throws where nothing was changed anywhere.
 */
public interface TargetOperations {

    /**
     * Locks every unit by hand, or none: until {@link #unlock} nobody deploys. The lock outlives this process.
     *
     * @param reason why, one line; whoever meets the lock is told
     * @throws io.deployflow.TargetLockedException if somebody holds the lock of a unit
     * @throws io.deployflow.TargetUnreachableException if a unit cannot be reached
     */
    OperationResult lock(Optional<String> reason, DeployContext context);

    /**
     * Removes every lock by hand, and those of deploys that are gone.
     *
     * @param force removes also the lock of a deploy that is under way
     */
    OperationResult unlock(boolean force, DeployContext context);

    /** Puts the maintenance page up or takes it down; where it is so already, that is well. */
    OperationResult maintenance(Maintenance wanted, DeployContext context);

    /** Runs a command on every unit that has one of its roles; tells each line that it writes as it comes. */
    OperationResult exec(UnitCommand command, DeployContext context);

    /**
     * Removes old releases as a deploy's cleanup does: never what is live, nor what it would be rolled back to.
     *
     * @throws io.deployflow.TargetLockedException if somebody holds the target
     */
    OperationResult prune(DeployContext context);

    /**
     * Runs a command once with a release, beside what serves; tells each line that it writes as it comes. Cancelling
     * stops it.
     *
     * @throws ConfigurationException unless the adapter can
     */
    default OperationResult run(OneOffTask task, DeployContext context) {
        throw cannot("run a command once", context);
    }

    /**
     * Changes how many units serve, and waits until they do.
     *
     * @param service which of the target's services; may be left out where it has one
     * @throws ConfigurationException unless the adapter can
     */
    default OperationResult scale(int count, Optional<String> service, DeployContext context) {
        throw cannot("be scaled", context);
    }

    /**
     * Tells what the units wrote, in the order of time. Following ends without a failure when it is cancelled.
     *
     * @throws ConfigurationException unless the adapter can
     */
    default OperationResult logs(LogQuery query, DeployContext context) {
        throw cannot("show logs", context);
    }

    private static ConfigurationException cannot(String what, DeployContext context) {
        return new ConfigurationException(
                "target '" + context.target() + "' cannot " + what, "Targets of its type do not know it.");
    }
}
