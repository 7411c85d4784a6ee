package io.deployflow.ssh;

import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tells in which order hosts are worked on: what runs here, what hooks run where, and the waves of the switch. */
final class PlannedOrder {
    /** The round of the push in which trees are staged: hooks stand in the ones before and after it. */
    static final int STAGING = 1;

    private static final String HERE = "local";

    private final SshTarget target;
    private final SshSettings settings;
    private final SshRelease release;
    private final Hooks hooks;
    private final List<Plan.Step> steps = new ArrayList<>();
    private int round;

    PlannedOrder(SshTarget target, SshSettings settings, SshRelease release) {
        this.target = target;
        this.settings = settings;
        this.release = release;
        this.hooks = new Hooks(target);
    }

    /** The steps of build and rollout, and the hooks of the push. */
    List<Plan.Step> steps() {
        target.fleet()
                .skipped()
                .forEach((shell, reason) ->
                        steps.add(new Plan.Step(Phase.PREFLIGHT, shell.label(), "# skipped: " + reason)));
        build();
        push();
        rollout();
        return List.copyOf(steps);
    }

    private void build() {
        round = 0;
        hooks(Phase.BUILD, HookPhase.BUILD, HookSettings::before, Optional.empty());
        settings.build().forEach(command -> add(Phase.BUILD, HERE, command));
        round++;
        hooks(Phase.BUILD, HookPhase.BUILD, HookSettings::after, Optional.empty());
    }

    private void push() {
        round = 0;
        hooks(Phase.PUSH, HookPhase.PUSH, HookSettings::before, Optional.empty());
        round = STAGING + 1;
        hooks(Phase.PUSH, HookPhase.PUSH, HookSettings::after, Optional.of(release));
    }

    private void rollout() {
        List<RemoteShell> shells = target.fleet().shells();
        round = 0;
        shells.forEach(
                shell -> add(Phase.ROLLOUT, shell.label(), target.commands().prepareSwitch(release.id())));
        round++;
        hooks(Phase.ROLLOUT, HookPhase.ROLLOUT, HookSettings::before, Optional.of(release));
        for (List<RemoteShell> wave : target.rules().waves(shells)) {
            wave.forEach(shell -> goLive().forEach(command -> add(Phase.ROLLOUT, shell.label(), command)));
            round++;
        }
        hooks(Phase.ROLLOUT, HookPhase.ROLLOUT, HookSettings::after, Optional.of(release));
    }

    private List<String> goLive() {
        ReleaseCommands commands = target.commands();
        String link = ReleaseCommands.link(release.id());
        Stream<String> restart = settings.restart().map(command -> commands.runIn(link, command)).stream();
        Stream<String> health = settings.health().stream()
                .flatMap(asked -> Stream.concat(
                        asked.url().map(url -> "GET " + url).stream(),
                        asked.command().map(command -> commands.runIn(link, command)).stream()));
        return Stream.concat(Stream.of(commands.switchTo(release.id())), Stream.concat(restart, health))
                .toList();
    }

    private void hooks(
            Phase phase, HookPhase at, Function<HookSettings, Optional<HookPhase>> side, Optional<SshRelease> staged) {
        for (HookSettings hook : hooks.at(at, side, staged)) {
            target.rules()
                    .roles()
                    .choose(hook, target.fleet().shells())
                    .forEach(shell -> add(phase, shell.label(), hooks.shown(hook, staged)));
            round++;
        }
    }

    private void add(Phase phase, String unit, String script) {
        steps.add(new Plan.Step(phase, unit, script.strip(), round));
    }
}
