package io.deployflow.ssh;

import io.deployflow.DeployException;
import io.deployflow.RolloutException;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a release live on every host: all are made ready, all are switched, all are restarted and judged. */
record Switch(SshTarget target) {

    /**
     * Switches.
     *
     * @param sent hosts are added to it before the switch is sent to any
     */
    RolloutResult run(SshRelease release, List<RemoteShell> sent, DeployContext context) {
        Outcomes<CommandResult> ready = target.fleet()
                .onEach(
                        context,
                        shell -> shell.run(target.commands().prepareSwitch(release.id()), context.cancellation())
                                .orFail("preparing the switch"));
        if (!ready.failed().isEmpty()) {
            return failed(ready, State.UNCHANGED, "not switched");
        }
        context.cancellation().throwIfCancelled();
        sent.addAll(target.fleet().shells());
        DeployContext steady = context.uncancellable();
        Outcomes<String> switched = target.fleet().onEach(steady, shell -> switchOne(shell, release, steady));
        if (!switched.failed().isEmpty()) {
            return failed(switched, State.SWITCHED, "switched to " + release.id());
        }
        Outcomes<String> judged = target.fleet().onEach(context, shell -> judge(shell, release, context));
        if (!judged.failed().isEmpty()) {
            return failed(judged, State.SWITCHED, "serves " + release.id());
        }
        return RolloutResult.succeeded(judged.all().stream()
                .map(outcome ->
                        new UnitResult(outcome.label(), State.SWITCHED, "serves " + release.id(), outcome.took()))
                .toList());
    }

    private String switchOne(RemoteShell shell, SshRelease release, DeployContext context) {
        String link = ReleaseCommands.link(release.id());
        try {
            shell.run(target.commands().switchTo(release.id()), context.cancellation())
                    .orFail("the switch");
        } catch (HostFailure e) {
            if (e.outcomeKnown() || !isSwitched(shell, link, context)) {
                throw e;
            }
        }
        context.unitChanged(shell.label(), "switched", release.id());
        return link;
    }

    // The answer never came: only the host itself can tell.
    private boolean isSwitched(RemoteShell shell, String link, DeployContext context) {
        return shell.run(target.commands().readCurrent(), context.cancellation())
                .orFail("reading 'current'")
                .lastLine()
                .equals(link);
    }

    private String judge(RemoteShell shell, SshRelease release, DeployContext context) {
        String link = ReleaseCommands.link(release.id());
        new Restart(target).run(shell, link, context);
        target.health().await(shell, release, link, context.cancellation()).ifPresent(problem -> {
            throw HostFailure.of(shell.host(), problem);
        });
        context.unitChanged(shell.label(), "healthy", release.id());
        return link;
    }

    private static RolloutResult failed(Outcomes<?> outcomes, State others, String detail) {
        List<UnitResult> units = outcomes.all().stream()
                .map(outcome -> outcome.failure()
                        .map(failure -> new UnitResult(
                                outcome.label(), State.FAILED, String.valueOf(failure.getMessage()), outcome.took()))
                        .orElseGet(() -> new UnitResult(outcome.label(), others, detail, outcome.took())))
                .toList();
        return RolloutResult.failed(units, outcomes.failure(Switch::failure).orElseThrow());
    }

    private static DeployException failure(
            String what, String remedy, @Nullable String unit, @Nullable Throwable cause) {
        String otherwise = "The failed release is kept on its host for a look: its log says why.";
        return new RolloutException(what, remedy.isEmpty() ? otherwise : remedy, unit, cause);
    }
}
