package io.deployflow.internal.compare;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Deployer;
import io.deployflow.Target;
import io.deployflow.compare.ComparisonListener;
import io.deployflow.compare.Scenario;
import io.deployflow.event.DeployListener;
import io.deployflow.spi.DeployAdapter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is compared, and how.
 *
 * @param application what is deployed
 * @param targets where to, in order
 * @param adapters by type
 * @param scenarios what is done, in order
 * @param runs how many of each count
 * @param warmUps how many rounds go before them
 * @param commands change the source, by scenario
 * @param clients what clients ask, by target
 * @param tool name and version of this tool
 * @param note what whoever compares says of the targets
 * @param listeners are told of every event of the deploys
 * @param progress is told how far the comparison is
 * @param cancellation asks for a stop
 */
public record Setup(
        Application application,
        List<Target> targets,
        Map<String, DeployAdapter<?>> adapters,
        List<Scenario> scenarios,
        int runs,
        int warmUps,
        Map<Scenario, String> commands,
        Map<String, List<URI>> clients,
        String tool,
        String note,
        List<DeployListener> listeners,
        ComparisonListener progress,
        CancellationToken cancellation) {

    /** Copies the collections. */
    public Setup {
        targets = List.copyOf(targets);
        adapters = Map.copyOf(adapters);
        scenarios = List.copyOf(scenarios);
        commands = Map.copyOf(commands);
        clients = Map.copyOf(clients);
        listeners = List.copyOf(listeners);
    }

    /** What clients of a target ask: what was said, else what its own verification asks. */
    public List<URI> addresses(Target target) {
        return clients.getOrDefault(
                target.name(),
                target.verification()
                        .flatMap(verification -> verification.url())
                        .map(List::of)
                        .orElse(List.of()));
    }

    /** What will be done, for who is asked whether it may be. */
    public List<String> announcement() {
        Edits edits = new Edits(commands);
        List<String> lines = new ArrayList<>();
        lines.add("This deploys " + application.name() + " again and again to "
                + String.join(" and ", targets.stream().map(Target::name).toList()) + ", for real:");
        for (Scenario scenario : scenarios) {
            lines.add("  " + scenario.word() + ": " + scenario.meaning() + times(scenario)
                    + edits.missing(scenario, application.source())
                            .map(reason -> "; left out: " + reason)
                            .orElseGet(() -> edits.describe(scenario, application.source())
                                    .map(change -> " (" + change + ")")
                                    .orElse("")));
        }
        lines.add("Changes are made in copies of " + application.source() + ", which are removed. What a target serves"
                + " now is put back in the end; its older releases may be pruned meanwhile.");
        return lines;
    }

    private String times(Scenario scenario) {
        int times = scenario == Scenario.FIRST ? 1 : runs + warmUps;
        return ", " + (times == 1 ? "once" : times + " times") + " each";
    }

    /** The settings of a target without its last unit, if its adapter knows such. */
    Optional<Target> withoutLastUnit(Target target) {
        DeployAdapter<?> adapter = adapters.get(target.type());
        return adapter == null ? Optional.empty() : withoutLastUnit(adapter, target);
    }

    private static <S extends Record> Optional<Target> withoutLastUnit(DeployAdapter<S> adapter, Target target) {
        return adapter.withoutLastUnit(adapter.settings().cast(target.settings()))
                .map(fewer -> new Target(target.name(), target.type(), fewer, target.verification()));
    }

    /** How many units of a target are worked on at a time, if its adapter's settings say so. */
    Optional<Integer> parallel(Target target) {
        DeployAdapter<?> adapter = adapters.get(target.type());
        return adapter == null ? Optional.empty() : parallel(adapter, target);
    }

    private static <S extends Record> Optional<Integer> parallel(DeployAdapter<S> adapter, Target target) {
        return adapter.parallel(adapter.settings().cast(target.settings()));
    }

    /** A deployer for one target. */
    Deployer deployer(Application source, Target target, List<DeployListener> alsoTold) {
        Deployer.Builder builder = Deployer.builder().application(source).target(target);
        adapters.values().forEach(builder::adapter);
        listeners.forEach(builder::listener);
        alsoTold.forEach(builder::listener);
        return builder.build();
    }
}
