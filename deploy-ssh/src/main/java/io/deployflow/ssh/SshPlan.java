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
    private static final String TOKEN_TO_COME = "A_WORD_OF_THIS_DEPLOY";
    private static final StageCommands.Expected TO_COME = new StageCommands.Expected(
            Optional.of("SHA256_OF_WHAT_IS_SENT"), "SHA256_OF_THE_MANIFEST", "SHA256_OF_THE_LISTING");
    private static final String INFO = "%s %s %s";

    /** Looks at every host; changes nothing. */
    Plan make(Revision revision, DeployContext context) {
        new Reach(target).run("the next deploy catches it up", context);
        FleetSurvey survey = FleetSurvey.take(target, context);
        Instant now = context.clock().instant();
        SshRelease release =
                new SshRelease(ReleaseId.next(now, survey.ids()), revision.id(), now, context.person(), State.STAGED);
        Optional<String> goBackTo = Pruning.goBackTo(survey, release.id());
        String logLine = Cleanup.logLine(release, context.source().branch(), context.person());
        StageCommands stages = target.stages().checking(context.check());
        List<Change> changes = new ArrayList<>();
        List<Plan.Step> steps = new ArrayList<>(new PlannedOrder(target, settings, release).steps());
        survey.states().forEach((shell, state) -> {
            List<String> excess = Pruning.excess(state, release, goBackTo, target.keepReleases());
            changes.addAll(changes(shell, state, release, excess));
            steps.addAll(steps(stages, shell, state, release, logLine, excess));
        });
        steps.sort(Comparator.comparing(Plan.Step::phase).thenComparing(Plan.Step::round));
        return new Plan(context.target(), revision, changes, steps);
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

    private List<Plan.Step> steps(
            StageCommands stages,
            RemoteShell shell,
            HostState state,
            SshRelease release,
            String logLine,
            List<String> excess) {
        ReleaseCommands commands = target.commands();
        return List.of(
                step(
                        Phase.PREFLIGHT,
                        shell,
                        target.locks().take(new LockCommands.Claim(release.createdBy(), TOKEN_TO_COME))
                                + target.surveys().survey()),
                new Plan.Step(
                        Phase.PUSH, shell.label(), stage(stages, state, release).strip(), PlannedOrder.STAGING),
                step(Phase.CLEANUP, shell, commands.finish(release.id(), logLine, excess)));
    }

    private static String stage(StageCommands stages, HostState state, SshRelease release) {
        String info = INFO.formatted(release.revision(), release.createdAt(), release.createdBy());
        Optional<String> base = state.base().map(BaseRelease::id);
        return stages.stage(release.id(), info, base, TO_COME);
    }

    private static Plan.Step step(Phase phase, RemoteShell shell, String script) {
        return new Plan.Step(phase, shell.label(), script.strip());
    }
}
