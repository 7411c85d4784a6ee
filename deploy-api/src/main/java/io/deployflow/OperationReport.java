package io.deployflow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operation did, unit by unit.
 *
 * @param operation what was done
 * @param target the target's name
 * @param units each unit, and what became of it
 * @param warnings what did not fail the operation but should be looked at
 * @param failure why it failed, if it did anywhere; the units tell where
 */
public record OperationReport(
        Operation operation,
        String target,
        List<Unit> units,
        List<String> warnings,
        Optional<DeployException> failure) {

    /**
     * What became of one unit.
     *
     * @param unit the host or task
     * @param succeeded whether the operation did its work there
     * @param state one word: {@code locked}, {@code unlocked}, {@code on}, {@code exited}, {@code failed}
     * @param detail one line for people; may be empty
     * @param status exit status of the command that was run there; 128 + N where signal N ended it; empty where it was
     *     not run to its end, and for what is no command
     * @param took how long it took
     */
    public record Unit(String unit, boolean succeeded, String state, String detail, OptionalInt status, Duration took) {

        /** Checks that nothing is missing. */
        public Unit {
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(took, "took");
        }
    }

    /** Copies the lists, and checks that nothing is missing. */
    public OperationReport {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(failure, "failure");
        units = List.copyOf(units);
        warnings = List.copyOf(warnings);
    }

    /**
     * This report, if the operation did its work on every unit.
     *
     * @throws DeployException the failure, if it did not
     */
    public OperationReport orThrow() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return this;
    }
}
