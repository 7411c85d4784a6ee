package io.deployflow.spi;

import io.deployflow.PastRollout;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a release live, and knows what is live. All state that it needs lives at the target.
 *
 * @param <R> the adapter's release
 */
public interface RolloutStrategy<R extends Release> {

    /**
     * Reaches every unit, makes sure that nothing else is in flight, and takes the target's lock. Nothing that serves
     * is changed.
     *
     * @return the lock, held until closed
     * @throws io.deployflow.TargetLockedException if another deploy holds the target
     * @throws io.deployflow.TargetUnreachableException if a unit cannot be reached or refuses the credentials; it names
     *     every such unit
     * @throws io.deployflow.ConfigurationException if the settings name something that the target does not have
     */
    TargetLock preflight(DeployContext context);

    /** What a deploy of a revision would change and send; changes nothing. */
    Plan plan(Revision revision, DeployContext context);

    /**
     * Makes a release live on every unit and waits until its health has been judged. The release may be new or an
     * earlier one. A failure is part of the answer; then {@link #rollback} is called with the same release.
     *
     * @throws io.deployflow.DeployCancelledException if cancelled; then {@link #rollback} is called as well
     */
    RolloutResult rollout(R release, DeployContext context);

    /**
     * Takes back the rollout of a release: afterwards every unit serves what <em>it</em> served before. Must also do
     * right after a rollout that was cut short, and where the target has gone back by itself. Marks the release as
     * failed, or as {@link #takenBack} says. Not cancellable.
     *
     * @return each unit; its failure, if there is one, says which units could not be put back
     */
    RolloutResult rollback(R release, DeployContext context);

    /**
     * What the target's record says of a release whose rollout was given to {@link #rollback}: mostly that it failed.
     * Asks nothing.
     *
     * @param release as it was before its rollout
     */
    default Release.State takenBack(R release) {
        return Release.State.FAILED;
    }

    /** What every unit serves now, and what a person should know. Changes nothing. */
    Status current(DeployContext context);

    /**
     * The release that every unit serves; empty where they differ or one serves none. Asks nothing about health, so it
     * may cost less than {@link #current}. Changes nothing.
     */
    default Optional<Release> live(DeployContext context) {
        return current(context).live();
    }

    /** The releases at the target, newest first. Changes nothing. */
    List<R> history(DeployContext context);

    /**
     * The same for who stops at the release that is looked for: what is not read need not be asked for. Changes
     * nothing.
     */
    default Stream<R> newestFirst(DeployContext context) {
        return history(context).stream();
    }

    /** The last rollouts, newest first, as far as the target itself remembers when what happened. Changes nothing. */
    default List<PastRollout> past(DeployContext context) {
        return List.of();
    }

    /**
     * Records the release, which serves and has passed its checks, as good; then removes old ones, never what is live
     * or the one before.
     */
    void cleanup(R release, DeployContext context);

    /** What else can be done to the target; empty where the adapter has no such operations. */
    default Optional<TargetOperations> operations() {
        return Optional.empty();
    }

    /** What can be said of the target before a deploy; empty where the adapter looks at nothing by itself. */
    default Optional<TargetChecks> checks() {
        return Optional.empty();
    }
}
