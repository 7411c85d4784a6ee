package io.deployflow.spi;

import io.deployflow.DeployException;
import io.deployflow.UnitResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a rollout, or its taking back, ended.
 *
 * @param units each unit that there is
 * @param failure why it is not as it should be; empty if it is
 */
public record RolloutResult(List<UnitResult> units, Optional<DeployException> failure) {
    /** Copies the list. */
    public RolloutResult {
        units = List.copyOf(units);
        Objects.requireNonNull(failure, "failure");
    }

    /** Every unit is as it should be. */
    public static RolloutResult succeeded(List<UnitResult> units) {
        return new RolloutResult(units, Optional.empty());
    }

    /** Some unit is not. */
    public static RolloutResult failed(List<UnitResult> units, DeployException failure) {
        return new RolloutResult(units, Optional.of(failure));
    }
}
