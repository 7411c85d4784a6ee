package io.deployflow.ssh;

import io.deployflow.Release.State;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ends what a deploy that was killed in its switch has left: a switch that nobody confirmed is undone on every host,
 * one that was confirmed somewhere is finished.
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
                .forEach((shell, state) -> state.journal().ifPresent(journal -> {
                    boolean confirmed = survey.states().values().stream()
                            .filter(other -> other.journal().isEmpty())
                            .flatMap(other -> other.release(journal.release()).stream())
                            .anyMatch(release -> release.state() == State.GOOD);
                    decisions.put(shell, confirmed ? Decision.FINISH : Decision.UNDO);
                }));
        return decisions;
    }

    /**
     * Does it, with a warning; nothing where no deploy was cut short.
     *
     * @throws TargetUnreachableException if a host cannot be reached; what was done on the others has been told
     */
    void run(FleetSurvey survey, DeployContext context) {
        Map<RemoteShell, Decision> decisions = decide(survey);
        Outcomes<String> outcomes = target.fleet().on(List.copyOf(decisions.keySet()), context, shell -> {
            HostState state = Objects.requireNonNull(survey.states().get(shell));
            String release = state.journal().orElseThrow().release();
            return decisions.get(shell) == Decision.FINISH
                    ? finish(shell, release, context)
                    : undo(shell, release, context);
        });
        outcomes.values().forEach(context::warn);
        outcomes.orThrow(TargetUnreachableException::new);
    }

    private String finish(RemoteShell shell, String release, DeployContext context) {
        shell.run(target.commands().markGood(release), context.cancellation()).orFail("finishing the last deploy");
        return "%s: the deploy of %s had been cut short at its very end; it is finished now"
                .formatted(shell.label(), release);
    }

    private String undo(RemoteShell shell, String release, DeployContext context) {
        String what = "%s: a deploy of %s had been cut short in its switch; ".formatted(shell.label(), release);
        try {
            SwitchBack.Restored restored = new SwitchBack(target).undo(shell, release, context);
            // Also where the link is as it was: the process may not be.
            restored.link().ifPresent(link -> new Restart(target).run(shell, link, context));
            shell.run(target.commands().forgetSwitch(release), context.cancellation())
                    .orFail("forgetting the last deploy");
            return what + restored.detail();
        } catch (HostFailure e) {
            // The deploy that comes now may be what mends it, so it must not be kept out. The journal stays until then.
            return what + "that could not be taken back whole: " + e.getMessage();
        }
    }
}
