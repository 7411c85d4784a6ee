package io.deployflow.ssh;

import io.deployflow.TreeArtifact;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import java.util.Optional;

/** Deploys a directory to hosts over SSH. */
public final class SshAdapter implements DeployAdapter<SshSettings> {
    @Override
    public String type() {
        return "ssh";
    }

    @Override
    public Class<SshSettings> settings() {
        return SshSettings.class;
    }

    @Override
    public void warmUp() {
        JschWarmUp.run();
    }

    @Override
    public boolean checksContent() {
        return true;
    }

    @Override
    public Optional<SshSettings> withoutLastUnit(SshSettings settings) {
        return settings.withoutLastHost();
    }

    @Override
    public Pipeline<TreeArtifact, ?> open(SshSettings settings, DeployContext context) {
        SshTarget target = SshTarget.of(settings, context::asked);
        Hooks hooks = new Hooks(target);
        StagedPush push = new StagedPush(target);
        return new Pipeline<>(
                new HookedBuild(new TreeBuild(settings.build(), settings.buildEnv(), push::prepare), hooks),
                new HookedPush(push, hooks),
                new SymlinkRollout(target, settings),
                target::close);
    }
}
