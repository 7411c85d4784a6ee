package io.deployflow.cli;

import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployEvent.PhaseFinished;
import io.deployflow.event.DeployEvent.PhaseStarted;
import io.deployflow.event.DeployEvent.Progress;
import io.deployflow.event.DeployEvent.UnitChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands on the screen while a deploy runs: the phases that are over, the one that runs, and its units. */
final class Board {
    private static final int MOST_UNITS = 8;

    private final List<PhaseFinished> finished = new ArrayList<>();
    private final Map<String, UnitLine> units = new LinkedHashMap<>();
    private @Nullable PhaseStarted running;

    /** Takes an event in. */
    void apply(DeployEvent event) {
        if (event instanceof PhaseStarted started) {
            running = started;
            units.clear();
        } else if (event instanceof PhaseFinished phase) {
            finished.add(phase);
            running = null;
            units.clear();
        } else if (event instanceof Progress progress) {
            units.put(progress.unit(), UnitLine.of(progress));
        } else if (event instanceof UnitChanged changed) {
            units.put(changed.unit(), UnitLine.of(changed));
        }
    }

    /**
     * The lines.
     *
     * @param now for the time that the running phase has taken so far
     */
    List<String> lines(Instant now, Style style) {
        Table phases = new Table();
        finished.forEach(phase ->
                phases.row(style.marked(phase.succeeded(), phase.phase().word()), Amounts.time(phase.took())));
        if (running != null) {
            phases.row(style.running(running.phase().word()), Amounts.time(Duration.between(running.at(), now)));
        }
        List<String> lines = new ArrayList<>(phases.lines("  ", style.width()));
        lines.addAll(unitLines(style));
        return lines;
    }

    private List<String> unitLines(Style style) {
        int names = units.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>(shown().stream()
                .map(unit -> "      " + unit.draw(names, style.width() - 6, style))
                .toList());
        if (units.size() > MOST_UNITS) {
            lines.add("      " + style.dim("and " + (units.size() - MOST_UNITS) + " more"));
        }
        return lines;
    }

    /** Where there are too many, those that are not done, then the rest. */
    private List<UnitLine> shown() {
        List<UnitLine> sorted = new ArrayList<>(units.values());
        if (sorted.size() > MOST_UNITS) {
            sorted.sort((one, other) -> Boolean.compare(one.isDone(), other.isDone()));
        }
        return sorted.subList(0, Math.min(MOST_UNITS, sorted.size()));
    }
}
