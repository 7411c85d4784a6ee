package io.deployflow.internal;

import io.deployflow.Artifact;
import io.deployflow.DeployException;
import io.deployflow.NotRestoredException;
import io.deployflow.Phase;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.Status;
import io.deployflow.Target;
import io.deployflow.UnitResult;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.RolloutResult;
import io.deployflow.spi.TargetLock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One deploy, or one rollback, from the first phase to the report. What it promises: whatever fails, what was live
 * before serves afterwards, or the report says that it does not.
 */
final class DeployRun<A extends Artifact, R extends Release> {
    private final Pipeline<A, R> pipeline;
    private final Target target;
    private final Session session;
    private final DeployContext context;
    private final Stopwatch stopwatch;

    private Preparation preparation = Preparation.none();
    private @Nullable TargetLock lock;
    private @Nullable Release previous;
    private @Nullable R release;
    private @Nullable R earlier;
    private boolean isTakenBack;
    private List<Status.Unit> served = List.of();
    private List<UnitResult> units = List.of();

    DeployRun(Pipeline<A, R> pipeline, Target target, Session session) {
        this.pipeline = pipeline;
        this.target = target;
        this.session = session;
        this.context = session.context();
        this.stopwatch = session.stopwatch();
    }

    Report deploy() {
        return reporting(this::preflightOfSource, this::buildAndPush);
    }

    Report rollback(Optional<String> to) {
        return reporting(
                phase -> preflightAfterALook(phase) && chooseEarlier(to),
                () -> Objects.requireNonNull(earlier, "earlier"));
    }

    Report adopt(String artifact) {
        return reporting(
                this::preflight,
                () -> stopwatch.run(Phase.PUSH, phase -> pipeline.push().adopt(artifact, phase)));
    }

    private Report reporting(Function<DeployContext, Boolean> preflight, Supplier<R> makeRelease) {
        try {
            stopwatch.run(Phase.PREFLIGHT, preflight);
            R next = makeRelease.get();
            release = next;
            context.cancellation().throwIfCancelled();
            return rollOut(next);
        } catch (RuntimeException e) {
            unlock();
            session.abandonSource();
            preparation.await();
            return notRolledOut(Failures.describe(e));
        }
    }

    /** Nothing was changed by this deploy; but what an earlier one left may not have been taken back. */
    private Report notRolledOut(DeployException failure) {
        if (failure instanceof NotRestoredException) {
            return report(Outcome.NOT_RESTORED, failure);
        }
        DeployException reason = context.cancellation().isCancelled() ? Failures.ofCancelled(failure) : failure;
        return Optional.ofNullable(lock)
                .flatMap(TargetLock::notRestored)
                .map(left -> report(Outcome.NOT_RESTORED, Failures.notRestored(reason, left)))
                .orElseGet(() -> report(Outcome.UNCHANGED, reason));
    }

    /**
     * The revision first: a mistyped one must not even take the lock. While the target is reached, the work tree is
     * looked at and the build's tree is made: the timeline has of that what the build had to wait for.
     */
    private boolean preflightOfSource(DeployContext phase) {
        phase.source().revision();
        DeployContext ahead = context.in(Phase.BUILD);
        preparation = Preparation.start(
                context.executor(),
                () -> pipeline.build().prepare(ahead),
                () -> ahead.source().branch());
        return preflight(phase);
    }

    /** Preflight takes back what a killed deploy left: a rollback must know that there was something to take back. */
    private boolean preflightAfterALook(DeployContext phase) {
        served = pipeline.rollout().current(phase).units();
        return preflight(phase);
    }

    private boolean preflight(DeployContext phase) {
        lock = pipeline.rollout().preflight(phase);
        previous = pipeline.rollout().live(phase).orElse(null);
        return true;
    }

    private R buildAndPush() {
        A artifact = stopwatch.run(Phase.BUILD, this::build);
        context.cancellation().throwIfCancelled();
        return stopwatch.run(Phase.PUSH, phase -> pipeline.push().push(artifact, phase));
    }

    private A build(DeployContext phase) {
        preparation.await();
        phase.source().branch();
        return pipeline.build().build(phase);
    }

    private boolean chooseEarlier(Optional<String> to) {
        earlier = earlierRelease(to);
        return true;
    }

    private R earlierRelease(Optional<String> to) {
        List<R> history = Releases.asFarAsNeeded(pipeline.rollout().newestFirst(context), to);
        Optional<R> putBack = to.isPresent() ? Optional.empty() : Releases.putBackFrom(served, history);
        putBack.ifPresent(live -> context.warn("what a deploy that did not end had left was taken back already: "
                + live.id() + " is the release before it, and the rollback goes no further"));
        return putBack.orElseGet(() -> Releases.choose(history, to, context.target()));
    }

    private Report rollOut(R next) {
        Optional<DeployException> failure = makeLive(next);
        if (failure.isPresent()) {
            return putBack(next, failure.get());
        }
        cleanUp(next);
        return report(Outcome.DEPLOYED, null);
    }

    private Optional<DeployException> makeLive(R next) {
        try {
            RolloutResult result = stopwatch.run(
                    Phase.ROLLOUT,
                    context,
                    phase -> pipeline.rollout().rollout(next, phase),
                    rollout -> rollout.failure().isEmpty());
            units = result.units();
            if (result.failure().isEmpty()) {
                verify(next);
            }
            return result.failure().map(Failures::ofRollout);
        } catch (RuntimeException | Error e) {
            return Optional.of(Failures.ofRollout(e));
        }
    }

    private void verify(R next) {
        target.verification()
                .ifPresent(check -> stopwatch.run(Phase.VERIFY, phase -> new Verifier(check, phase).verify(next)));
    }

    private Report putBack(R next, DeployException failure) {
        isTakenBack = true;
        try {
            RolloutResult result = stopwatch.run(
                    Phase.ROLLBACK,
                    context.uncancellable(),
                    phase -> pipeline.rollout().rollback(next, phase),
                    rollback -> rollback.failure().isEmpty());
            units = result.units();
            unlock();
            return result.failure()
                    .map(second -> report(Outcome.NOT_RESTORED, Failures.notRestored(failure, second)))
                    .orElseGet(() -> report(Outcome.RESTORED, failure));
        } catch (RuntimeException e) {
            unlock();
            return report(Outcome.NOT_RESTORED, Failures.notRestored(failure, Failures.describe(e)));
        }
    }

    private void cleanUp(R live) {
        stopwatch.run(Phase.CLEANUP, context.uncancellable(), phase -> cleanUpAndUnlock(live, phase), clean -> clean);
    }

    private boolean cleanUpAndUnlock(R live, DeployContext phase) {
        boolean cleaned = warnInstead(phase, "cleanup", () -> pipeline.rollout().cleanup(live, phase));
        boolean unlocked = warnInstead(phase, "unlocking", this::closeLock);
        return cleaned && unlocked;
    }

    private void unlock() {
        if (lock != null) {
            stopwatch.run(
                    Phase.CLEANUP,
                    context.uncancellable(),
                    phase -> warnInstead(phase, "unlocking", this::closeLock),
                    clean -> clean);
        }
    }

    private void closeLock() {
        if (lock != null) {
            lock.close();
        }
    }

    /** By now the outcome is decided: what fails here must be seen, and must not change it. */
    private static boolean warnInstead(DeployContext phase, String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            phase.warn(what + " failed: " + e.getMessage());
            return false;
        }
    }

    private Report report(Outcome outcome, @Nullable DeployException failure) {
        return new Report(
                target.name(),
                outcome,
                Optional.ofNullable(release).map(mine -> judged(mine, outcome)),
                Optional.ofNullable(previous).map(before -> judgedPrevious(before, outcome)),
                stopwatch.timeline(),
                units,
                session.warnings(),
                Optional.ofNullable(failure));
    }

    private Release judged(R mine, Outcome outcome) {
        if (outcome == Outcome.DEPLOYED) {
            return new JudgedRelease(mine, Release.State.LIVE);
        }
        return isTakenBack ? new JudgedRelease(mine, pipeline.rollout().takenBack(mine)) : mine;
    }

    private Release judgedPrevious(Release before, Outcome outcome) {
        boolean replaced =
                outcome == Outcome.DEPLOYED && release != null && !release.id().equals(before.id());
        return replaced ? new JudgedRelease(before, Release.State.GOOD) : before;
    }
}
