package io.deployflow.internal.compare;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.Deployer;
import io.deployflow.compare.ComparisonReport.Place;
import java.util.Optional;

/**
 * The unit more that a target is given to see what that costs. It has to go again whatever came of it: with it the next
 * run would be from as many units to as many, and the target would be left larger than it was.
 */
final class ExtraUnit {
    private final Deployer deployer;
    private final Place place;
    private boolean mayBeThere;

    ExtraUnit(Deployer deployer, Place place) {
        this.deployer = deployer;
        this.place = place;
    }

    /** Whether it was asked for, and is not known to have gone again. */
    boolean mayBeThere() {
        return mayBeThere;
    }

    /**
     * Adds it.
     *
     * @return why that failed, if it did: the unit can be there all the same, or come later
     * @throws CannotScaleException if the target cannot be given one; then nothing was changed
     */
    Optional<DeployException> add(CancellationToken cancellation) {
        mayBeThere = true;
        try {
            return scale(place.units() + 1, cancellation);
        } catch (ConfigurationException e) {
            mayBeThere = false;
            throw new CannotScaleException(e.getMessage() + ". " + e.remedy());
        } catch (DeployException e) {
            return Optional.of(e);
        }
    }

    /**
     * Takes it away again, if it may be there: also where the comparison was cancelled.
     *
     * @return why that failed, if it did
     */
    Optional<DeployException> remove() {
        if (!mayBeThere) {
            return Optional.empty();
        }
        try {
            Optional<DeployException> failure = scale(place.units(), CancellationToken.create());
            mayBeThere = failure.isPresent();
            return failure;
        } catch (DeployException e) {
            return Optional.of(e);
        }
    }

    private Optional<DeployException> scale(int units, CancellationToken cancellation) {
        return deployer.scale(place.name(), units, Optional.empty(), cancellation)
                .failure();
    }
}
