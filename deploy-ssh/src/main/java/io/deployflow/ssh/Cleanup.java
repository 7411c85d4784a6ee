package io.deployflow.ssh;

import io.deployflow.Release.State;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Optional;

/**
 * Confirms a release that serves, moves old ones away and gives back the lock: one step a host, and the last one. What
 * fails here is a warning.
 */
record Cleanup(SshTarget target) {

    /**
     * Does it on every host.
     *
     * @param before what was on the hosts before this deploy changed anything
     */
    void run(SshRelease release, FleetSurvey before, DeployContext context) {
        Optional<String> goBackTo = Pruning.goBackTo(before, release.id());
        String logLine = logLine(release, branch(release, context), context.person());
        Outcomes<CommandResult> finished = target.fleet().onEach(context, shell -> {
            List<String> excess = Optional.ofNullable(before.states().get(shell))
                    .map(state -> Pruning.excess(state, release, goBackTo, target.keepReleases()))
                    .orElse(List.of());
            return finish(shell, release, logLine, excess, context);
        });
        finished.failed()
                .forEach(outcome -> context.warn(
                        String.valueOf(outcome.failure().orElseThrow().getMessage())));
        if (finished.values().isEmpty()) {
            context.warn("no host could record that " + release.id()
                    + " is good: the next deploy or rollback will first take it back");
        }
    }

    // The source is looked at only where it was deployed: a rollback needs none.
    private static Optional<String> branch(SshRelease release, DeployContext context) {
        return release.state() == State.STAGED ? context.source().branch() : Optional.empty();
    }

    private CommandResult finish(
            RemoteShell shell, SshRelease release, String logLine, List<String> excess, DeployContext context) {
        String what = "recording that " + release.id() + " is good";
        String script = target.commands().finish(release.id(), logLine, excess);
        CommandResult result;
        try {
            result = shell.runLast(script, context.cancellation()).orFail(what);
        } catch (HostFailure e) {
            if (e.outcomeKnown()) {
                throw e;
            }
            // The connection broke; doing it twice does no harm, and not at all would have the next deploy undo this
            // one.
            result = shell.runLast(script, context.cancellation()).orFail(what);
        }
        warn(shell, result, context);
        if (!excess.isEmpty()) {
            context.unitChanged(shell.label(), "pruned", String.join(" ", excess));
        }
        return result;
    }

    /** Tells what {@link ReleaseCommands#finish} could not do beside what it must. */
    static void warn(RemoteShell shell, CommandResult finished, DeployContext context) {
        finished.output().forEach(line -> warn(shell, line, context));
    }

    private static void warn(RemoteShell shell, String line, DeployContext context) {
        if (line.startsWith("unlogged ")) {
            context.warn("%s: revisions.log cannot be written, so it lacks this release: %s"
                    .formatted(shell.label(), line.substring(line.indexOf(' ') + 1)));
        } else if (line.startsWith("kept ") || line.startsWith("stuck ")) {
            String what = line.substring(line.indexOf(' ') + 1);
            context.warn("%s: %s cannot be removed by the account that deploys".formatted(shell.label(), what));
        }
    }

    /** What Capistrano writes for the same; one that served before is rolled back to. */
    static String logLine(SshRelease release, Optional<String> branch, String person) {
        return release.state() != State.STAGED
                ? "%s rolled back to release %s".formatted(person, release.id())
                : "Branch %s (at %s) deployed as release %s by %s"
                        .formatted(branch.orElse("HEAD"), release.revision(), release.id(), person);
    }
}
