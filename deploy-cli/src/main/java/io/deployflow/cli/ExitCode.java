package io.deployflow.cli;

import io.deployflow.BuildException;
import io.deployflow.CheckException;
import io.deployflow.CheckReport;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.NotRestoredException;
import io.deployflow.OperationException;
import io.deployflow.PushException;
import io.deployflow.Report;
import io.deployflow.RolloutException;
import io.deployflow.Status;
import io.deployflow.TargetLockedException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.flow.FlowException;
import io.deployflow.flow.FlowReport;
import java.util.Arrays;
import java.util.Locale;

/** What the process ends with: the whole table, and what leads to each. */
enum ExitCode {
    /** Done. */
    DONE(0, NoFailure.class),
    /** The command line, {@code deploy.yml}, or what it names at the target is wrong. */
    CONFIGURATION(2, ConfigurationException.class),
    /** The build failed; nothing was changed. */
    BUILD(3, BuildException.class),
    /** The push failed; nothing live was changed. */
    PUSH(4, PushException.class),
    /** The rollout failed; what was live before serves. */
    ROLLOUT(5, RolloutException.class),
    /** The rollout failed, and what was live before does not serve everywhere. */
    NOT_RESTORED(6, NotRestoredException.class),
    /** Another deploy holds the target. */
    LOCKED(7, TargetLockedException.class),
    /** A unit cannot be reached, or refuses the credentials. */
    UNREACHABLE(8, TargetUnreachableException.class),
    /** Asked for a status, and the target is not whole. */
    NOT_WHOLE(9, NoFailure.class),
    /** An operation did not do its work on every unit. */
    OPERATION(10, OperationException.class),
    /** Something that a deploy needs is not as it must be. */
    CHECK(11, CheckException.class),
    /** A comparison in which a run did not end as it should, or that was cut short. */
    COMPARISON(12, NoFailure.class),
    /** A job of a flow failed. */
    FLOW(13, FlowException.class),
    /** Cancelled; what was live before serves. */
    CANCELLED(130, DeployCancelledException.class),
    /** Anything else: a defect in deployflow, or in a jar that joined it. Last, for it takes whatever is left. */
    UNEXPECTED(1, Throwable.class);

    private final int number;
    private final Class<? extends Throwable> failure;

    ExitCode(int number, Class<? extends Throwable> failure) {
        this.number = number;
        this.failure = failure;
    }

    /** The code that a failure leads to. */
    static ExitCode of(Throwable thrown) {
        return Arrays.stream(values())
                .filter(code -> code.failure.isInstance(thrown))
                .findFirst()
                .orElse(UNEXPECTED);
    }

    /** The code that a report leads to: a target that was not put back outweighs every reason. */
    static ExitCode of(Report report) {
        return report.outcome() == Report.Outcome.NOT_RESTORED
                ? NOT_RESTORED
                : report.failure().map(ExitCode::of).orElse(DONE);
    }

    /** The code that a status leads to. */
    static ExitCode of(Status status) {
        return status.whole() ? DONE : NOT_WHOLE;
    }

    /** The code that checks lead to. */
    static ExitCode of(CheckReport report) {
        return report.failure().map(ExitCode::of).orElse(DONE);
    }

    /** The code that a comparison leads to: it was made, but not everything in it went well. */
    static ExitCode of(ComparisonReport report) {
        return report.isAsExpected() ? DONE : COMPARISON;
    }

    /** The code that a run of a flow leads to. */
    static ExitCode of(FlowReport report) {
        return report.failure().map(ExitCode::of).orElse(DONE);
    }

    /** What leads to it. */
    Class<? extends Throwable> failure() {
        return failure;
    }

    /** The process's exit status. */
    int number() {
        return number;
    }

    /** The word for the kind of failure: lower case. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Never thrown: what leads to {@link #DONE}, {@link #NOT_WHOLE} and {@link #COMPARISON}. */
    private static final class NoFailure extends Throwable {
        private static final long serialVersionUID = 1L;
    }
}
