package io.deployflow.spi;

import io.deployflow.DeployException;
import io.deployflow.OperationReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of an operation.
 *
 * @param units each unit, and what became of it
 * @param failure why it failed, if it did anywhere
 */
public record OperationResult(List<OperationReport.Unit> units, Optional<DeployException> failure) {

    /** Copies the list. */
    public OperationResult {
        units = List.copyOf(units);
        Objects.requireNonNull(failure, "failure");
    }
}
