package io.deployflow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a deploy, or a rollback, did.
 *
 * @param target the target's name
 * @param outcome how it ended
 * @param release the release that was to go live, once there was one
 * @param previous the release that was live before, if any was
 * @param timeline where the time went
 * @param units each unit, and what became of it
 * @param warnings what did not fail the deploy but should be looked at
 * @param failure why it failed, if it did
 */
public record Report(
        String target,
        Outcome outcome,
        Optional<Release> release,
        Optional<Release> previous,
        Timeline timeline,
        List<UnitResult> units,
        List<String> warnings,
        Optional<DeployException> failure) {

    /** How a deploy ended. */
    public enum Outcome {
        /** The release serves, on every unit that was not skipped. */
        DEPLOYED,
        /** It failed before anything live was changed: what served before serves still. */
        UNCHANGED,
        /** It failed, and every unit serves again what it served before. */
        RESTORED,
        /** It failed, and not every unit could be put back. */
        NOT_RESTORED
    }

    /** Copies the lists, and holds that exactly a failed deploy has a failure. */
    public Report {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(timeline, "timeline");
        units = List.copyOf(units);
        warnings = List.copyOf(warnings);
        if ((outcome == Outcome.DEPLOYED) == failure.isPresent()) {
            throw new IllegalArgumentException("outcome " + outcome + " contradicts failure " + failure);
        }
    }

    /**
     * This report, if the release serves.
     *
     * @throws DeployException the failure, if it does not
     */
    public Report orThrow() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return this;
    }
}
