package io.deployflow.ssh;

import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has become of each host so far. */
final class Tally {
    private final Map<RemoteShell, UnitResult> units = new LinkedHashMap<>();
    private final List<UnitResult> skipped;

    /** Nothing yet. */
    Tally(Fleet fleet) {
        fleet.shells()
                .forEach(shell -> units.put(
                        shell, new UnitResult(shell.label(), State.UNCHANGED, "not switched", Duration.ZERO)));
        skipped = Reach.units(fleet);
    }

    /** Notes the hosts where a piece of work failed. */
    <T> Outcomes<T> failures(Outcomes<T> outcomes) {
        outcomes.failed().forEach(outcome -> {
            String why = String.valueOf(outcome.failure().orElseThrow().getMessage());
            note(outcome, State.FAILED, why);
        });
        return outcomes;
    }

    /** Notes the state of the hosts where a piece of work did not fail. */
    <T> Outcomes<T> successes(Outcomes<T> outcomes, State state, String detail) {
        outcomes.all().stream()
                .filter(outcome -> outcome.failure().isEmpty())
                .forEach(outcome -> note(outcome, state, detail));
        return outcomes;
    }

    private void note(HostOutcome<?> outcome, State state, String detail) {
        units.put(outcome.shell(), new UnitResult(outcome.label(), state, detail, outcome.took()));
    }

    /** Every host, and what became of it. */
    List<UnitResult> units() {
        List<UnitResult> all = new ArrayList<>(units.values());
        all.addAll(skipped);
        return all;
    }
}
