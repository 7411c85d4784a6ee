package io.deployflow.ssh;

import java.util.List;
import java.util.Optional;

/**
 * What the settings say of the hosts as a fleet.
 *
 * @param roles what each host is for
 * @param hooks commands before and after phases, in their order
 * @param gatekeeper which host goes first
 * @param batches how many hosts are switched at a time; without it, all
 * @param skip how many hosts may be missing
 */
record FleetRules(
        Roles roles, List<HookSettings> hooks, Gatekeeper gatekeeper, Optional<BatchSize> batches, SkipLimit skip) {

    static FleetRules of(SshSettings settings) {
        return new FleetRules(
                Roles.of(settings.hosts()),
                settings.hooks(),
                Gatekeeper.parse(settings.gatekeeper(), settings.hosts()),
                settings.batches().map(BatchSize::parse),
                SkipLimit.parse(settings.onUnreachable()));
    }

    /** The order in which hosts are switched; see {@link Waves}. */
    List<List<RemoteShell>> waves(List<RemoteShell> shells) {
        return Waves.of(shells, gatekeeper.among(shells), batches);
    }
}
