package io.deployflow.ssh;

import io.deployflow.BuildException;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployContext;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.util.Optional;

/** A build with the commands that stand before and after it. */
record HookedBuild(BuildStrategy<TreeArtifact> build, Hooks hooks) implements BuildStrategy<TreeArtifact> {
    @Override
    public void prepare(DeployContext context) {
        build.prepare(context);
    }

    @Override
    public TreeArtifact build(DeployContext context) {
        hooks.before(HookPhase.BUILD, Optional.empty(), BuildException::new, context)
                .ifPresent(failure -> {
                    throw failure;
                });
        TreeArtifact artifact = build.build(context);
        hooks.after(HookPhase.BUILD, Optional.empty(), BuildException::new, context)
                .ifPresent(failure -> {
                    throw failure;
                });
        return artifact;
    }
}
