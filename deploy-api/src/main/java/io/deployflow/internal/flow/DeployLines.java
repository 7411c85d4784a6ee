package io.deployflow.internal.flow;

import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import java.util.Locale;

/** Makes a deploy's events lines of its step. */
record DeployLines(StepSession step) implements DeployListener {

    @Override
    public void onEvent(DeployEvent event) {
        String phase = event.target() + " " + event.phase().word() + ": ";
        if (event instanceof DeployEvent.PhaseFinished finished) {
            String took = String.format(Locale.ROOT, "%.1fs", finished.took().toMillis() / 1000.0);
            step.say(phase + (finished.succeeded() ? "done in " : "failed after ") + took);
        } else if (event instanceof DeployEvent.UnitChanged changed) {
            step.say(phase + changed.unit() + " " + changed.state() + " " + changed.detail());
        } else if (event instanceof DeployEvent.Output output) {
            step.say(phase + output.unit() + ": " + output.line());
        } else if (event instanceof DeployEvent.Warning warning) {
            step.say(phase + warning.message());
        }
    }
}
