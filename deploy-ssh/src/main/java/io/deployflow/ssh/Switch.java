package io.deployflow.ssh;

import io.deployflow.DeployException;
import io.deployflow.RolloutException;
import io.deployflow.UnitResult.State;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a release live: every host is made ready before the first is switched, then wave after wave is switched,
 * restarted and judged.
 */
final class Switch {
    private final SshTarget target;
    private final SshRelease release;
    private final List<RemoteShell> sent;
    private final DeployContext context;
    private final Hooks hooks;
    private final Tally tally;

    /**
     * One switch.
     *
     * @param sent a host is added to it before the switch is sent there
     */
    Switch(SshTarget target, SshRelease release, List<RemoteShell> sent, DeployContext context) {
        this.target = target;
        this.release = release;
        this.sent = sent;
        this.context = context;
        this.hooks = new Hooks(target);
        this.tally = new Tally(target.fleet());
    }

    /** Switches; stops at the first thing that fails, and takes nothing back. */
    RolloutResult run() {
        return prepare()
                .or(() -> hooks.before(HookPhase.ROLLOUT, Optional.of(release), Switch::failure, context))
                .or(this::switchWaves)
                .or(() -> hooks.after(HookPhase.ROLLOUT, Optional.of(release), Switch::failure, context))
                .map(failure -> RolloutResult.failed(tally.units(), failure))
                .orElseGet(() -> RolloutResult.succeeded(tally.units()));
    }

    private Optional<DeployException> prepare() {
        return onAll(
                target.fleet().shells(),
                context,
                "preparing the switch",
                target.commands().prepareSwitch(release.id()));
    }

    private Optional<DeployException> switchWaves() {
        List<List<RemoteShell>> waves = target.rules().waves(target.fleet().shells());
        for (int wave = 0; wave < waves.size(); wave++) {
            Optional<DeployException> failure = switchWave(wave, waves);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<DeployException> switchWave(int number, List<List<RemoteShell>> waves) {
        List<RemoteShell> wave = waves.get(number);
        if (waves.size() > 1) {
            String hosts = wave.stream().map(RemoteShell::label).collect(Collectors.joining(", "));
            context.output("local", "wave %d of %d: %s".formatted(number + 1, waves.size(), hosts));
        }
        context.cancellation().throwIfCancelled();
        return (number == 0 ? Optional.<DeployException>empty() : check(wave))
                .or(() -> noting(
                        wave,
                        context.uncancellable(),
                        "switched to ",
                        shell -> context.span(shell.label(), "switch", () -> switchOne(shell))))
                .or(() -> noting(
                        wave, context, "serves ", shell -> context.span(shell.label(), "health", () -> judge(shell))));
    }

    // Time has passed since these were made ready: what went away meanwhile is better known before any is switched.
    private Optional<DeployException> check(List<RemoteShell> wave) {
        return onAll(
                wave, context, "looking at the host again", target.commands().checkPrepared(release.id()));
    }

    private Optional<DeployException> onAll(List<RemoteShell> shells, DeployContext steps, String what, String script) {
        return tally.failures(target.fleet()
                        .on(
                                shells,
                                steps,
                                shell -> shell.run(script, steps.cancellation()).orFail(what)))
                .failure(Switch::failure);
    }

    private Optional<DeployException> noting(
            List<RemoteShell> wave, DeployContext steps, String detail, Function<RemoteShell, String> work) {
        Outcomes<String> outcomes = target.fleet().on(wave, steps, work);
        return tally.successes(tally.failures(outcomes), State.SWITCHED, detail + release.id())
                .failure(Switch::failure);
    }

    private String switchOne(RemoteShell shell) {
        DeployContext steady = context.uncancellable();
        String link = ReleaseCommands.link(release.id());
        shell.connect(steady.cancellation());
        sent.add(shell);
        try {
            shell.run(target.commands().switchTo(release.id()), steady.cancellation())
                    .orFail("the switch");
        } catch (HostFailure e) {
            if (e.outcomeKnown() || !isSwitched(shell, link, steady)) {
                throw e;
            }
        }
        context.unitChanged(shell.label(), "switched", release.id());
        return link;
    }

    // The answer never came: only the host itself can tell.
    private boolean isSwitched(RemoteShell shell, String link, DeployContext steady) {
        return shell.run(target.commands().readCurrent(), steady.cancellation())
                .orFail("reading 'current'")
                .lastLine()
                .equals(link);
    }

    private String judge(RemoteShell shell) {
        String link = ReleaseCommands.link(release.id());
        new Restart(target).run(shell, link, context);
        target.health().await(shell, release, link, context.cancellation()).ifPresent(problem -> {
            throw HostFailure.of(shell.host(), problem);
        });
        context.unitChanged(shell.label(), "healthy", release.id());
        return link;
    }

    private static DeployException failure(
            String what, String remedy, @Nullable String unit, @Nullable Throwable cause) {
        String otherwise = "The failed release is kept on its host for a look: its log says why.";
        return new RolloutException(what, remedy.isEmpty() ? otherwise : remedy, unit, cause);
    }
}
