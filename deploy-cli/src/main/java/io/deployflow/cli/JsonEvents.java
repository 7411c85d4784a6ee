package io.deployflow.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployEvent.Output;
import io.deployflow.event.DeployEvent.PhaseFinished;
import io.deployflow.event.DeployEvent.Progress;
import io.deployflow.event.DeployEvent.UnitChanged;
import io.deployflow.event.DeployEvent.Warning;
import java.util.Locale;

/** Events as JSON objects. The names of the fields are a promise: see {@code docs/cli.md}. */
final class JsonEvents {
    private JsonEvents() {}

    static ObjectNode of(DeployEvent event) {
        if (event instanceof PhaseFinished finished) {
            return start("phase_finished", event)
                    .put("took_ms", finished.took().toMillis())
                    .put("succeeded", finished.succeeded());
        } else if (event instanceof Progress progress) {
            return start("progress", event)
                    .put("unit", progress.unit())
                    .put("what", progress.what())
                    .put("measure", progress.measure().name().toLowerCase(Locale.ROOT))
                    .put("done", progress.done())
                    .put("total", progress.total());
        } else if (event instanceof Output output) {
            return start("output", event).put("unit", output.unit()).put("line", output.line());
        } else if (event instanceof UnitChanged changed) {
            return start("unit_changed", event)
                    .put("unit", changed.unit())
                    .put("state", changed.state())
                    .put("detail", changed.detail());
        } else if (event instanceof Warning warning) {
            return start("warning", event).put("message", warning.message());
        }
        return start("phase_started", event);
    }

    private static ObjectNode start(String name, DeployEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("event", name)
                .put("at", event.at().toString())
                .put("target", event.target())
                .put("phase", event.phase().word());
    }
}
