package io.deployflow.ssh;

import io.deployflow.TargetUnreachableException;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reaches every host, and decides, before anything is changed, which of them a deploy goes without. */
record Reach(SshTarget target) {

    /**
     * Connects to every host and leaves out the ones that are down, with a warning, if the settings allow it.
     *
     * @param consequence what it means for a host to be left out
     * @throws io.deployflow.DeployException if they do not; it names every host that cannot be reached
     */
    void run(String consequence, DeployContext context) {
        Outcomes<?> outcomes = target.fleet().onEach(context, shell -> shell.connect(context.cancellation()));
        Map<RemoteShell, String> skipped =
                toSkip(outcomes, target.rules().skip()).orElseGet(Map::of);
        if (skipped.isEmpty()) {
            outcomes.orThrowItsKind(TargetUnreachableException::new);
        }
        target.fleet().skip(skipped);
        skipped.values().forEach(reason -> context.warn(reason + "; it is skipped, and " + consequence));
    }

    /** The hosts to go without, each with the reason; empty where the deploy must not go on without them. */
    static Optional<Map<RemoteShell, String>> toSkip(Outcomes<?> outcomes, SkipLimit limit) {
        Map<RemoteShell, String> down = new LinkedHashMap<>();
        outcomes.failed()
                .forEach(outcome -> outcome.failure()
                        .filter(HostDown::isWhy)
                        .ifPresent(failure -> down.put(outcome.shell(), String.valueOf(failure.getMessage()))));
        boolean onlyDown = down.size() == outcomes.failed().size();
        return onlyDown && limit.allows(down.size(), outcomes.all().size()) ? Optional.of(down) : Optional.empty();
    }

    /** What a report says of the hosts that are left out. */
    static List<UnitResult> units(Fleet fleet) {
        return fleet.skipped().entrySet().stream()
                .map(host -> new UnitResult(host.getKey().label(), State.SKIPPED, host.getValue(), Duration.ZERO))
                .toList();
    }
}
