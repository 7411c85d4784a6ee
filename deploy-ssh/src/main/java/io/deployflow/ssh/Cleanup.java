package io.deployflow.ssh;

import io.deployflow.Release.State;
import io.deployflow.spi.DeployContext;
import java.util.List;

/** Confirms a release that serves, writes Capistrano's log, and removes old releases. What fails here is a warning. */
record Cleanup(SshTarget target) {

    /** Confirms on every host first: from then on the deploy is done, whatever happens to the rest. */
    void run(SshRelease release, DeployContext context) {
        Outcomes<CommandResult> confirmed = target.fleet().onEach(context, shell -> confirm(shell, release, context));
        warn(context, confirmed);
        if (confirmed.values().isEmpty()) {
            context.warn("no host could record that " + release.id()
                    + " is good: the next deploy or rollback will first take it back");
        }
        warn(context, target.fleet().onEach(context, shell -> tidy(shell, release, context)));
    }

    private CommandResult confirm(RemoteShell shell, SshRelease release, DeployContext context) {
        String script = target.commands().markGood(release.id());
        try {
            return shell.run(script, context.cancellation()).orFail("recording that " + release.id() + " is good");
        } catch (HostFailure e) {
            if (e.outcomeKnown()) {
                throw e;
            }
            // The connection broke; doing it twice does no harm, and not at all would have the next deploy undo this
            // one.
            return shell.run(script, context.cancellation()).orFail("recording that " + release.id() + " is good");
        }
    }

    private List<String> tidy(RemoteShell shell, SshRelease release, DeployContext context) {
        shell.run(target.commands().log(logLine(release, context.person())), context.cancellation())
                .orFail("writing revisions.log");
        List<String> excess = Pruning.excess(target.survey(shell, context.cancellation()), target.keepReleases());
        if (!excess.isEmpty()) {
            shell.run(target.commands().prune(excess), context.cancellation()).orFail("removing old releases");
            context.unitChanged(shell.label(), "pruned", String.join(" ", excess));
        }
        return excess;
    }

    /** What Capistrano writes for the same. */
    static String logLine(SshRelease release, String person) {
        return release.state() == State.STAGED
                ? "Branch HEAD (at %s) deployed as release %s by %s".formatted(release.revision(), release.id(), person)
                : "%s rolled back to release %s".formatted(person, release.id());
    }

    private static void warn(DeployContext context, Outcomes<?> outcomes) {
        outcomes.failed()
                .forEach(outcome -> context.warn(
                        String.valueOf(outcome.failure().orElseThrow().getMessage())));
    }
}
