package io.deployflow.cli;

import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployEvent.Output;
import io.deployflow.event.DeployEvent.PhaseFinished;
import io.deployflow.event.DeployEvent.Progress;
import io.deployflow.event.DeployEvent.UnitChanged;
import io.deployflow.event.DeployEvent.Warning;

/** Events in words, one line each. */
final class EventWords {
    private EventWords() {}

    /** What happened, without when and in which phase. */
    static String of(DeployEvent event) {
        if (event instanceof PhaseFinished finished) {
            return (finished.succeeded() ? "done in " : "failed after ") + Amounts.seconds(finished.took());
        } else if (event instanceof Progress progress) {
            return progress.unit() + "  " + progress(progress);
        } else if (event instanceof Output output) {
            return output.unit() + " | " + output.line();
        } else if (event instanceof UnitChanged changed) {
            return (changed.unit() + "  " + changed.state() + "  " + changed.detail()).stripTrailing();
        } else if (event instanceof Warning warning) {
            return "warning: " + warning.message();
        }
        return "started";
    }

    /** How far a piece of work is. */
    static String progress(Progress progress) {
        String amount = Amounts.progress(progress);
        return progress.total() == 0
                ? progress.what() + " " + amount
                : progress.what() + " " + Amounts.percent(progress.done(), progress.total()) + "% (" + amount + ")";
    }
}
