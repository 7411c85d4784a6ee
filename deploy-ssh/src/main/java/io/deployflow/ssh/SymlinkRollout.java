package io.deployflow.ssh;

import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.Status;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import io.deployflow.spi.RolloutStrategy;
import io.deployflow.spi.TargetChecks;
import io.deployflow.spi.TargetLock;
import io.deployflow.spi.TargetOperations;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Makes a release live by switching the link {@code current} on every host. */
final class SymlinkRollout implements RolloutStrategy<SshRelease> {
    private final SshTarget target;
    private final SshSettings settings;
    // The hosts to which this deploy sent a switch: the others need no taking back.
    private final List<RemoteShell> sent = new CopyOnWriteArrayList<>();
    private Preflight.@Nullable Start start;

    SymlinkRollout(SshTarget target, SshSettings settings) {
        this.target = target;
        this.settings = settings;
    }

    @Override
    public TargetLock preflight(DeployContext context) {
        Preflight.Start begun = new Preflight(target).run(context);
        start = begun;
        return begun;
    }

    @Override
    public Plan plan(Revision revision, DeployContext context) {
        return new SshPlan(target, settings).make(revision, context);
    }

    @Override
    public RolloutResult rollout(SshRelease release, DeployContext context) {
        if (start != null) {
            start.lock().renew(context);
        }
        return new Switch(target, release, sent, context).run();
    }

    @Override
    public RolloutResult rollback(SshRelease release, DeployContext context) {
        return new SwitchBack(target).run(release, sent, context.uncancellable());
    }

    @Override
    public Release.State takenBack(SshRelease release) {
        return SwitchBack.isProven(release) ? release.state() : Release.State.FAILED;
    }

    @Override
    public Optional<Release> live(DeployContext context) {
        return FleetSurvey.known(target, context).live().map(live -> live);
    }

    @Override
    public Status current(DeployContext context) {
        return new StatusReport(target).make(context);
    }

    @Override
    public List<SshRelease> history(DeployContext context) {
        return FleetSurvey.known(target, context).history();
    }

    @Override
    public void cleanup(SshRelease release, DeployContext context) {
        FleetSurvey before = start == null ? FleetSurvey.take(target, context) : start.survey();
        new Cleanup(target).run(release, before, context);
    }

    @Override
    public Optional<TargetOperations> operations() {
        return Optional.of(new SshOperations(target, settings));
    }

    @Override
    public Optional<TargetChecks> checks() {
        return Optional.of(new SshChecks(target, settings));
    }
}
