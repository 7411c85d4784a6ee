package io.deployflow.cli;

import io.deployflow.event.DeployEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Lets few of many progress events through: per piece of work, one every quarter of the way or every 5 seconds. */
final class ProgressGate {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int QUARTER = 25;

    private final Map<Work, Shown> last = new HashMap<>();

    private record Work(String unit, String what) {}

    private record Shown(Instant at, int quarter) {}

    /** Whether the event is to be shown. */
    boolean passes(DeployEvent.Progress event) {
        Work work = new Work(event.unit(), event.what());
        Shown before = last.computeIfAbsent(work, key -> new Shown(event.at(), 0));
        int quarter = Amounts.percent(event.done(), event.total()) / QUARTER;
        boolean due = !event.at().isBefore(before.at().plus(PAUSE));
        if (quarter <= before.quarter() && !due) {
            return false;
        }
        last.put(work, new Shown(event.at(), quarter));
        return true;
    }

    /** Forgets all work: a new phase begins. */
    void reset() {
        last.clear();
    }
}
