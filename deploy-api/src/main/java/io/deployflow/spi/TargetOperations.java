package io.deployflow.spi;

import io.deployflow.Maintenance;
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
}
