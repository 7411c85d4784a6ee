package io.deployflow.ssh;

import io.deployflow.PushException;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.PushStrategy;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.util.Optional;

/** A push with the commands that stand before and after it. */
record HookedPush(PushStrategy<TreeArtifact, SshRelease> push, Hooks hooks)
        implements PushStrategy<TreeArtifact, SshRelease> {
    @Override
    public SshRelease push(TreeArtifact artifact, DeployContext context) {
        hooks.before(HookPhase.PUSH, Optional.empty(), PushException::new, context)
                .ifPresent(failure -> {
                    throw failure;
                });
        SshRelease release = push.push(artifact, context);
        hooks.after(HookPhase.PUSH, Optional.of(release), PushException::new, context)
                .ifPresent(failure -> {
                    throw failure;
                });
        return release;
    }
}
