package io.deployflow.cli;

import io.deployflow.Operation;
import io.deployflow.OperationReport;

/** What the process of an operation ends with. */
final class OperationStatus {
    /** What {@code ssh} ends with where a host did not answer. */
    private static final int UNANSWERED = 255;

    private OperationStatus() {}

    /** For a command, the highest of its statuses on the units; for anything else, the kind of its failure. */
    static int of(OperationReport report) {
        if (report.operation() == Operation.EXEC || report.operation() == Operation.RUN) {
            return report.units().stream()
                    .mapToInt(unit -> unit.status().orElse(UNANSWERED))
                    .max()
                    .orElse(0);
        }
        return report.failure().map(ExitCode::of).orElse(ExitCode.DONE).number();
    }
}
