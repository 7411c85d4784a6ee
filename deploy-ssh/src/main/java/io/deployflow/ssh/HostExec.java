package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.OperationException;
import io.deployflow.OperationReport;
import io.deployflow.UnitCommand;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a command on the hosts, each line of its output told as it comes. */
record HostExec(SshTarget target) {

    /** See {@link io.deployflow.spi.TargetOperations#exec}. */
    OperationResult run(UnitCommand command, DeployContext context) {
        List<RemoteShell> shells = withRoles(command, context);
        String script = ExecCommands.run(target.commands().deployTo(), command.words());
        shells.forEach(shell -> context.unitChanged(shell.label(), "waiting", ""));
        Outcomes<CommandResult> outcomes = target.fleet().on(shells, context, shell -> run(shell, script, context));
        List<OperationReport.Unit> units =
                outcomes.all().stream().map(HostExec::unit).toList();
        return new OperationResult(units, failure(outcomes, units));
    }

    private List<RemoteShell> withRoles(UnitCommand command, DeployContext context) {
        List<RemoteShell> chosen =
                target.rules().roles().withOneOf(command.roles(), target.fleet().shells());
        if (chosen.isEmpty()) {
            Set<String> known = target.rules().roles().all();
            throw new ConfigurationException(
                    "no host of target '%s' has the role %s"
                            .formatted(context.target(), String.join(" or ", sorted(command.roles()))),
                    known.isEmpty()
                            ? "Give the target's hosts 'roles', or leave the role out."
                            : "Its roles are: " + String.join(", ", sorted(known)) + ".");
        }
        return chosen;
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    private static CommandResult run(RemoteShell shell, String script, DeployContext context) {
        CommandResult result = shell.run(script, line -> context.output(shell.label(), line), context.cancellation());
        context.unitChanged(shell.label(), "exited", result.ending());
        return result;
    }

    private static OperationReport.Unit unit(HostOutcome<CommandResult> outcome) {
        return outcome.value()
                .map(result -> new OperationReport.Unit(
                        outcome.label(),
                        result.status() == 0,
                        "exited",
                        result.ending(),
                        OptionalInt.of(result.status()),
                        outcome.took()))
                .orElseGet(() -> new OperationReport.Unit(
                        outcome.label(),
                        false,
                        "failed",
                        OperationResults.why(outcome),
                        OptionalInt.empty(),
                        outcome.took()));
    }

    /** One line that names every host where it failed; below it, why a host could not be asked. */
    private static Optional<DeployException> failure(
            Outcomes<CommandResult> outcomes, List<OperationReport.Unit> units) {
        List<OperationReport.Unit> failed =
                units.stream().filter(unit -> !unit.succeeded()).toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        String hosts = failed.stream()
                .map(unit -> unit.unit() + " (" + (unit.status().isPresent() ? unit.detail() : "not answered") + ")")
                .collect(Collectors.joining(", "));
        Stream<String> reasons = outcomes.failed().stream()
                .map(outcome -> String.valueOf(outcome.failure().orElseThrow().getMessage()));
        return Optional.of(new OperationException(
                Stream.concat(
                                Stream.of("%d of %d hosts failed: %s".formatted(failed.size(), units.size(), hosts)),
                                reasons)
                        .collect(Collectors.joining("\n  ")),
                Outcomes.remedies(outcomes.failed().stream()
                        .flatMap(outcome -> outcome.failure().stream())
                        .toList()),
                failed.size() == 1 ? failed.get(0).unit() : null,
                null));
    }
}
