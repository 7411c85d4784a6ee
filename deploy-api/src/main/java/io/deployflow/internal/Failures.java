package io.deployflow.internal;

import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.NotRestoredException;
import io.deployflow.RolloutException;
import io.deployflow.TargetLockedException;

/** Turns what was thrown into what is reported. */
final class Failures {
    private Failures() {}

    /** A deploy exception as it is; anything else is unexpected, and says so. */
    static DeployException describe(Throwable thrown) {
        return thrown instanceof DeployException known
                ? known
                : new DeployException(
                        "unexpected " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage(),
                        "Run again with --verbose for the stack trace.",
                        null,
                        thrown);
    }

    /**
     * Of what was cancelled before its rollout: Ctrl-C reaches git and builds too, which fail then in ways of their
     * own.
     */
    static DeployCancelledException ofCancelled(DeployException failure) {
        if (failure instanceof DeployCancelledException cancelled) {
            return cancelled;
        }
        DeployCancelledException cancelled = new DeployCancelledException();
        cancelled.addSuppressed(failure);
        return cancelled;
    }

    /**
     * Whatever broke it, a rollout that failed is a failed rollout; only one that was cancelled or could not begin is
     * not.
     */
    static DeployException ofRollout(Throwable thrown) {
        DeployException failure = describe(thrown);
        if (failure instanceof RolloutException
                || failure instanceof DeployCancelledException
                || failure instanceof TargetLockedException) {
            return failure;
        }
        return new RolloutException(
                String.valueOf(failure.getMessage()),
                failure.remedy(),
                failure.unit().orElse(null),
                failure);
    }

    /** Both reasons: why the rollout failed, and why it could not be taken back. */
    static NotRestoredException notRestored(DeployException rollout, DeployException rollback) {
        NotRestoredException both = new NotRestoredException(
                rollout.getMessage() + "\nand what was live before could not be put back: " + rollback.getMessage(),
                rollback.remedy().isEmpty() ? rollout.remedy() : rollback.remedy(),
                rollback.unit().orElse(null),
                rollback);
        both.addSuppressed(rollout);
        return both;
    }
}
