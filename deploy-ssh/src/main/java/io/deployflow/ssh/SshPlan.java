package io.deployflow.ssh;

import io.deployflow.Change;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Release.State;
import io.deployflow.Revision;
import io.deployflow.spi.DeployContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what a deploy would change and run: the same scripts, not run. */
record SshPlan(SshTarget target, SshSettings settings) {
    private static final String DIGEST_TO_COME = "SHA256_OF_THE_CHECKS";

    /** Looks at every host; changes nothing. */
    Plan make(Revision revision, DeployContext context) {
        FleetSurvey survey = FleetSurvey.take(target, context);
        Instant now = context.clock().instant();
        SshRelease release =
                new SshRelease(ReleaseId.next(now, survey.ids()), revision.id(), now, context.person(), State.STAGED);
        List<Change> changes = new ArrayList<>();
        List<Plan.Step> steps = new ArrayList<>();
        settings.build().forEach(command -> steps.add(new Plan.Step(Phase.BUILD, "local", command)));
        survey.states().forEach((shell, state) -> {
            HostState after = afterwards(state, release);
            List<String> excess = Pruning.excess(after, target.keepReleases());
            changes.addAll(changes(shell, state, release, excess));
            steps.addAll(steps(shell, release, excess));
        });
        steps.sort(Comparator.comparing(Plan.Step::phase));
        return new Plan(context.target(), revision, changes, steps);
    }

    private static HostState afterwards(HostState state, SshRelease release) {
        List<SshRelease> releases = Stream.concat(state.releases().stream(), Stream.of(release.as(State.GOOD)))
                .toList();
        return new HostState(
                Optional.of(ReleaseCommands.link(release.id())),
                false,
                releases,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static List<Change> changes(RemoteShell shell, HostState state, SshRelease release, List<String> excess) {
        String link = ReleaseCommands.link(release.id());
        String what = shell.label() + " current";
        Change current =
                state.current().map(text -> Change.change(what, text, link)).orElseGet(() -> Change.add(what, link));
        return Stream.concat(
                        Stream.of(current),
                        excess.stream().map(id -> Change.remove(shell.label() + " releases", ReleaseCommands.link(id))))
                .toList();
    }

    private List<Plan.Step> steps(RemoteShell shell, SshRelease release, List<String> excess) {
        ReleaseCommands commands = target.commands();
        String id = release.id();
        String link = ReleaseCommands.link(id);
        List<Plan.Step> steps = new ArrayList<>();
        steps.add(step(Phase.PREFLIGHT, shell, target.locks().take(release.createdBy())));
        steps.add(step(Phase.PREFLIGHT, shell, target.surveys().survey()));
        steps.add(step(Phase.PUSH, shell, commands.stage(id, DIGEST_TO_COME)));
        steps.add(step(Phase.ROLLOUT, shell, commands.prepareSwitch(id)));
        steps.add(step(Phase.ROLLOUT, shell, commands.switchTo(id)));
        target.restart().ifPresent(command -> steps.add(step(Phase.ROLLOUT, shell, commands.runIn(link, command))));
        settings.health().ifPresent(health -> {
            health.url().ifPresent(url -> steps.add(step(Phase.ROLLOUT, shell, "GET " + url)));
            health.command().ifPresent(command -> steps.add(step(Phase.ROLLOUT, shell, commands.runIn(link, command))));
        });
        steps.add(step(Phase.CLEANUP, shell, commands.markGood(id)));
        steps.add(step(Phase.CLEANUP, shell, commands.log(Cleanup.logLine(release, release.createdBy()))));
        if (!excess.isEmpty()) {
            steps.add(step(Phase.CLEANUP, shell, commands.prune(excess)));
        }
        return steps;
    }

    private static Plan.Step step(Phase phase, RemoteShell shell, String script) {
        return new Plan.Step(phase, shell.label(), script.strip());
    }
}
