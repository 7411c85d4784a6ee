package io.deployflow.ssh;

import io.deployflow.NotRestoredException;
import io.deployflow.Release;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts hosts back to what each of them served before a switch, as its own journal says. */
record SwitchBack(SshTarget target) {

    /**
     * What a host serves again.
     *
     * @param state {@code UNCHANGED} or {@code RESTORED}
     * @param link the text of its link; empty where nothing was live before
     */
    record Restored(State state, Optional<String> link) {
        String detail() {
            return link.map(text -> (state == State.RESTORED ? "serves again " : "serves ") + text)
                    .orElse("nothing was live before: 'current' is removed");
        }
    }

    /**
     * Takes back a release everywhere.
     *
     * @param release what was to go live
     * @param sent the hosts to which its switch was sent; the others serve what they served
     */
    RolloutResult run(SshRelease release, List<RemoteShell> sent, DeployContext context) {
        Outcomes<Restored> outcomes = target.fleet().onEach(context, shell -> restore(shell, release, context));
        List<UnitResult> units = outcomes.all().stream()
                .map(outcome -> unit(outcome, sent.contains(outcome.shell())))
                .toList();
        List<String> left = units.stream()
                .filter(unit -> unit.state() == State.FAILED || unit.state() == State.UNKNOWN)
                .map(unit -> "\n  " + unit.detail())
                .toList();
        List<UnitResult> all = Stream.concat(units.stream(), Reach.units(target.fleet()).stream())
                .toList();
        return left.isEmpty()
                ? RolloutResult.succeeded(all)
                : RolloutResult.failed(
                        all,
                        new NotRestoredException(
                                "%d of %d hosts could not be put back:%s"
                                        .formatted(left.size(), units.size(), String.join("", left)),
                                "The next deploy or rollback puts them back once they can be reached; 'status' shows them."));
    }

    private Restored restore(RemoteShell shell, SshRelease release, DeployContext context) {
        Restored restored = undo(shell, release.id(), context);
        if (restored.state() == State.RESTORED && restored.link().isPresent()) {
            new Restart(target).run(shell, restored.link().get(), context);
            judge(shell, restored.link().get(), context);
        }
        shell.run(end(release), context.cancellation()).orFail("recording the failure").output().stream()
                .filter(line -> line.startsWith("unmarked "))
                .forEach(line -> context.warn("%s: %s cannot be marked as failed: %s"
                        .formatted(shell.label(), release.id(), line.substring(line.indexOf(' ') + 1))));
        context.unitChanged(shell.label(), restored.state().name().toLowerCase(Locale.ROOT), restored.detail());
        return restored;
    }

    /** What has served stays one to go back to: that a rollback to it failed says nothing against it. */
    static boolean isProven(SshRelease release) {
        return release.state() == Release.State.GOOD || release.state() == Release.State.LIVE;
    }

    private String end(SshRelease release) {
        return isProven(release)
                ? target.commands().forgetSwitch(release.id())
                : target.commands().markFailed(release.id());
    }

    /** Puts the link of one host back; restarts nothing. */
    Restored undo(RemoteShell shell, String id, DeployContext context) {
        String answer = shell.run(target.commands().switchBack(id), context.cancellation())
                .orFail("switching back")
                .lastLine();
        int space = answer.indexOf(' ');
        Optional<String> link =
                Optional.of(space < 0 ? "" : answer.substring(space + 1)).filter(text -> !text.isEmpty());
        return new Restored(answer.startsWith("unchanged") ? State.UNCHANGED : State.RESTORED, link);
    }

    private void judge(RemoteShell shell, String link, DeployContext context) {
        if (target.health().health().isEmpty()) {
            return;
        }
        HostState state = target.survey(shell, context.cancellation());
        state.live()
                .flatMap(state::release)
                .ifPresent(before -> target.health()
                        .await(shell, before, link, context.cancellation())
                        .ifPresent(problem -> {
                            throw HostFailure.of(shell.host(), "serves again " + link + ", but is " + problem);
                        }));
    }

    private static UnitResult unit(HostOutcome<Restored> outcome, boolean sent) {
        Duration took = outcome.took();
        if (outcome.value().isPresent()) {
            Restored restored = outcome.value().get();
            return new UnitResult(outcome.label(), restored.state(), restored.detail(), took);
        }
        RuntimeException failure = outcome.failure().orElseThrow();
        String problem = String.valueOf(failure.getMessage());
        if (!sent) {
            return new UnitResult(outcome.label(), State.UNCHANGED, "was never switched; now: " + problem, took);
        }
        boolean answered = failure instanceof HostFailure known && known.outcomeKnown();
        return new UnitResult(outcome.label(), answered ? State.FAILED : State.UNKNOWN, problem, took);
    }
}
