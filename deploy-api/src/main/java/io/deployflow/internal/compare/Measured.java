package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A step that was taken, before it is known whether it counts.
 *
 * @param recording what was recorded of it
 * @param visits what clients met until then
 */
record Measured(Step step, Instant begun, Recorder.Recording recording, Visits visits) {

    /** A run of it. */
    Run run(End end, String failure) {
        return new Run(
                step.place(),
                step.scenario(),
                step.number(),
                begun,
                recording.wall(),
                recording.rows(),
                recording.lanes(),
                visits,
                end,
                failure,
                recording.measuring());
    }

    /** The run of a step that could not be taken, as the target could not be brought to where it begins. */
    static Run unprepared(Step step, String failure) {
        Recorder.Recording nothing = new Recorder.Recording(List.of(), List.of(), Duration.ZERO, Duration.ZERO);
        return new Measured(step, Instant.now(), nothing, Visits.NONE).run(End.FAILED, failure);
    }
}
