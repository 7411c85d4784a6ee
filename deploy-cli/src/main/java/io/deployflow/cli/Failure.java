package io.deployflow.cli;

import io.deployflow.DeployException;
import io.deployflow.OperationReport;
import io.deployflow.Phase;
import io.deployflow.Report;
import io.deployflow.Timeline;
import java.util.Optional;

/**
 * Why a command did not do what it should, as people and programs are told.
 *
 * @param code its kind
 * @param message what failed
 * @param remedy how to mend it; empty if nothing is known
 * @param unit the host or task that failed, if it was one
 * @param phase the phase that failed, if it was one
 * @param thrown where it comes from
 */
record Failure(
        ExitCode code, String message, String remedy, Optional<String> unit, Optional<Phase> phase, Throwable thrown) {

    /** Describes anything that was thrown. */
    static Failure of(Throwable thrown) {
        return describe(ExitCode.of(thrown), thrown, Optional.empty());
    }

    /** The failure of a deploy; empty if it did what it should. */
    static Optional<Failure> of(Report report) {
        Optional<Phase> phase = report.timeline().rows().stream()
                .filter(row -> !row.succeeded())
                .map(Timeline.Row::phase)
                .findFirst();
        return report.failure().map(thrown -> describe(ExitCode.of(report), thrown, phase));
    }

    /** The failure of an operation; empty if it did its work everywhere. */
    static Optional<Failure> of(OperationReport report) {
        return report.failure().map(Failure::of);
    }

    private static Failure describe(ExitCode code, Throwable thrown, Optional<Phase> phase) {
        return thrown instanceof DeployException known
                ? new Failure(code, String.valueOf(known.getMessage()), known.remedy(), known.unit(), phase, known)
                : new Failure(
                        code,
                        "unexpected " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage(),
                        "Run again with --verbose for the stack trace.",
                        Optional.empty(),
                        phase,
                        thrown);
    }
}
