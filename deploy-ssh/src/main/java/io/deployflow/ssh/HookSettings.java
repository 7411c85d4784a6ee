package io.deployflow.ssh;

import io.deployflow.Secret;
import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that runs on hosts before or after a phase: once there is one, in the directory of the new release.
 *
 * @param before the phase before which it runs, if it does
 * @param after the phase after which it runs, if it does
 * @param run shell command; any exit status but 0 fails the deploy
 * @param roles only hosts that have one of these; none: every host
 * @param runOnce whether it runs on one of those hosts only, the primary
 * @param environment given to it through its input: no process list and no log shows it
 * @param rollback whether it also runs when an earlier release is rolled out
 */
public record HookSettings(
        @Setting("The phase before which it runs") Optional<HookPhase> before,

        @Setting("The phase after which it runs") Optional<HookPhase> after,

        @Setting(value = "Shell command; any exit status but 0 fails the deploy", required = true)
        String run,

        @Setting("Only on hosts with one of these roles; default: on every host")
        List<String> roles,

        @Setting(value = "Whether it runs on the primary only", defaultValue = "false")
        boolean runOnce,

        @Setting("Its environment; never shown") Map<String, Secret> environment,

        @Setting(value = "Whether it also runs when an earlier release is rolled out", defaultValue = "false")
        boolean rollback) {

    /** A phase that hooks may stand before or after. */
    public enum HookPhase {
        /** Making the tree. */
        BUILD,
        /** Staging it on every host. */
        PUSH,
        /** Switching to it. */
        ROLLOUT
    }

    /**
     * Checks the parts.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public HookSettings {
        roles = List.copyOf(roles);
        environment = Map.copyOf(environment);
        SettingChecks.check(before.isPresent() != after.isPresent(), "", "needs either 'before' or 'after'");
        SettingChecks.environment("environment", environment.keySet());
    }
}
