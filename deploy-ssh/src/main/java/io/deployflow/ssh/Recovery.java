package io.deployflow.ssh;

import io.deployflow.NotRestoredException;
import io.deployflow.Release.State;
import io.deployflow.spi.DeployContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Ends what a deploy that was killed in its switch has left: a switch that no host confirmed is undone on every host,
 * one that was confirmed somewhere is finished where it was made.
 */
record Recovery(SshTarget target) {

    /** What to do on a host that has a journal. */
    enum Decision {
        /** Go back to what was live before. */
        UNDO,
        /** Stay with the release: it had passed its checks. */
        FINISH
    }

    /** What to do on each host that has a journal. */
    static Map<RemoteShell, Decision> decide(FleetSurvey survey) {
        Map<RemoteShell, Decision> decisions = new LinkedHashMap<>();
        survey.states()
                .forEach((shell, state) ->
                        state.journal().ifPresent(journal -> decisions.put(shell, decide(state, journal, survey))));
        return decisions;
    }

    // Every host is switched and judged before any confirms. That a release serves and once was good confirms nothing:
    // so it is on a host, too, that this deploy left out.
    private static Decision decide(HostState host, HostState.Journal journal, FleetSurvey survey) {
        boolean serves = host.live().equals(Optional.of(journal.release()));
        boolean confirmed = survey.states().values().stream().anyMatch(other -> other.hasConfirmed(journal));
        return serves && confirmed ? Decision.FINISH : Decision.UNDO;
    }

    /**
     * What was done on a host.
     *
     * @param text in words
     * @param whole whether that is all there was to do
     */
    private record Done(String text, boolean whole) {}

    /**
     * Does it, with a warning; nothing where no deploy was cut short.
     *
     * @return what could not be taken back although the host answers: a deploy may be what mends that
     * @throws NotRestoredException if a host does not answer any more; what was done on the others has been told
     */
    Optional<NotRestoredException> run(FleetSurvey survey, DeployContext context) {
        Map<RemoteShell, Decision> decisions = decide(survey);
        Outcomes<Done> outcomes = target.fleet().on(List.copyOf(decisions.keySet()), context, shell -> {
            HostState state = Objects.requireNonNull(survey.states().get(shell));
            String release = state.journal().orElseThrow().release();
            return decisions.get(shell) == Decision.FINISH
                    ? finish(shell, release, logLine(state, release, context), context)
                    : undo(shell, release, context);
        });
        outcomes.values().forEach(done -> context.warn(done.text()));
        outcomes.orThrow(NotRestoredException::new);
        List<String> left = outcomes.values().stream()
                .filter(done -> !done.whole())
                .map(Done::text)
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new NotRestoredException(
                        String.join("\n", left), "The next deploy or rollback tries again; 'status' shows the hosts."));
    }

    private static String logLine(HostState state, String release, DeployContext context) {
        return state.release(release)
                .map(it -> Cleanup.logLine(
                        it, Optional.empty(), it.state() == State.STAGED ? it.createdBy() : context.person()))
                .orElseGet(() -> context.person() + " finished release " + release);
    }

    private Done finish(RemoteShell shell, String release, String line, DeployContext context) {
        CommandResult result = shell.run(target.commands().finish(release, line, List.of()), context.cancellation())
                .orFail("finishing the last deploy");
        Cleanup.warn(shell, result, context);
        return new Done(
                "%s: the deploy of %s had been cut short at its very end; it is finished now"
                        .formatted(shell.label(), release),
                true);
    }

    private Done undo(RemoteShell shell, String release, DeployContext context) {
        String what = "%s: a deploy of %s had been cut short in its switch; ".formatted(shell.label(), release);
        try {
            SwitchBack.Restored restored = new SwitchBack(target).undo(shell, release, context);
            // Also where the link is as it was: the process may not be.
            restored.link().ifPresent(link -> new Restart(target).run(shell, link, context));
            shell.run(target.commands().forgetSwitch(release), context.cancellation())
                    .orFail("forgetting the last deploy");
            return new Done(what + restored.detail(), true);
        } catch (HostFailure e) {
            // The deploy that comes now may be what mends it, so it must not be kept out. The journal stays until then.
            return new Done(what + "that could not be taken back whole: " + e.getMessage(), false);
        }
    }
}
