package io.deployflow.internal.flow;

import io.deployflow.DeployException;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.NotRestoredException;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.TargetLockedException;
import io.deployflow.flow.DeploySettings;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowException;
import io.deployflow.flow.JobState;
import io.deployflow.spi.Poller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deploys the commit to its targets, one after another; never over a newer one. */
record DeployStep(DeploySettings settings) implements StepAction {
    private static final Duration LOOK = Duration.ofSeconds(2);

    @Override
    public void run(StepSession step) {
        Instant begun = step.job().run().clock().instant();
        tell(step, Optional.empty(), "", begun);
        List<String> done = new ArrayList<>();
        try {
            for (String target : settings.targets()) {
                step.cancellation().throwIfCancelled();
                done.add(deploy(target, step));
            }
            tell(step, Optional.of(JobState.SUCCEEDED), String.join("; ", done), begun);
        } catch (DeployException e) {
            String before = done.isEmpty() ? "" : "; before it: " + String.join("; ", done);
            tell(step, Optional.of(JobState.FAILED), e.getMessage() + before, begun);
            throw done.isEmpty() ? e : new FlowException(e.getMessage() + before, e.remedy(), null, e);
        }
    }

    /** What became of one target, in words. */
    private String deploy(String target, StepSession step) {
        RunSession run = step.job().run();
        Path turn = run.sources()
                .cache()
                .resolve("turns")
                .resolve(run.sources().application().name() + "." + target + ".lock");
        try (ProcessLock taken = DeployTurn.await(turn, settings.patience(), step.cancellation());
                Deployer deployer = run.sources().deployer().apply(new DeployLines(step))) {
            Optional<String> answer = Poller.every(LOOK)
                    .ask(settings.patience(), step.cancellation(), () -> attempt(target, deployer, step));
            return answer.orElseThrow(() -> new TargetLockedException(
                    "target '" + target + "' is still locked after "
                            + settings.patience().toSeconds() + " s",
                    "deployflow status " + target + " says by whom."));
        }
    }

    /** Empty where another deploy holds the target. */
    private static Optional<String> attempt(String target, Deployer deployer, StepSession step) {
        Optional<String> newer = newer(target, deployer, step);
        if (newer.isPresent()) {
            step.say("target '" + target + "' serves " + newer.get() + ", which is newer than this commit: left alone");
            return Optional.of(target + " serves the newer " + newer.get());
        }
        DeployOptions options = DeployOptions.defaults().withCancellation(step.cancellation());
        Report report = deployer.deploy(
                target, revision(step).map(options::withRevision).orElse(options));
        if (report.failure().filter(TargetLockedException.class::isInstance).isPresent()) {
            step.say(report.failure().get().getMessage() + ": waiting");
            return Optional.empty();
        }
        if (report.failure().isPresent()) {
            throw failed(target, report.failure().get(), report, step);
        }
        String release = report.release().map(Release::id).orElse("nothing");
        step.say("target '" + target + "' serves " + release);
        return Optional.of(target + " serves " + release);
    }

    private static DeployException failed(String target, DeployException failure, Report report, StepSession step) {
        String what = "the deploy to '" + target + "' failed: " + failure.getMessage();
        if (report.outcome() != Report.Outcome.NOT_RESTORED) {
            return new FlowException(what + "; what served before serves", failure.remedy(), null, failure);
        }
        NotRestoredException unrestored = new NotRestoredException(
                what + "; NOT every unit serves what it served before",
                failure.remedy(),
                failure.unit().orElse(null),
                failure);
        step.job().run().unrestored().add(unrestored);
        return unrestored;
    }

    private static Optional<String> newer(String target, Deployer deployer, StepSession step) {
        Optional<String> ours = revision(step);
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        return deployer.status(target)
                .live()
                .map(Release::revision)
                .filter(live -> live.matches("[0-9a-f]{40,64}") && !live.equals(ours.get()))
                .filter(live ->
                        new Ancestry(step.job().run().sources().application().source()).isAncestor(ours.get(), live));
    }

    private static Optional<String> revision(StepSession step) {
        return step.job().run().place().revision();
    }

    private void tell(StepSession step, Optional<JobState> outcome, String detail, Instant begun) {
        RunSession run = step.job().run();
        Instant now = run.clock().instant();
        run.teller()
                .tell(new FlowEvent.Deployment(
                        now,
                        step.job().name(),
                        settings.targets(),
                        settings.place(),
                        settings.link().map(Object::toString),
                        revision(step).orElse(""),
                        outcome,
                        step.job().mask().hide(detail),
                        Duration.between(begun, now)));
    }
}
