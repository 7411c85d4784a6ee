package io.deployflow.ssh;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What each host is for.
 *
 * @param hosts by their labels
 */
record Roles(Map<String, SshSettings.Host> hosts) {
    Roles {
        hosts = Map.copyOf(hosts);
    }

    static Roles of(List<SshSettings.Host> hosts) {
        return new Roles(hosts.stream()
                .collect(Collectors.toMap(host -> HostAddress.parse(host.host()).label(), Function.identity())));
    }

    /** The hosts, of some, on which a hook runs, in their order. */
    List<RemoteShell> choose(HookSettings hook, List<RemoteShell> some) {
        List<RemoteShell> chosen = withOneOf(hook.roles(), some);
        return hook.runOnce() ? primary(chosen).stream().toList() : chosen;
    }

    /** The hosts, of some, that have one of the roles, in their order; all where no role is asked for. */
    List<RemoteShell> withOneOf(Collection<String> roles, List<RemoteShell> some) {
        return some.stream()
                .filter(shell -> roles.isEmpty() || named(shell).stream().anyMatch(roles::contains))
                .toList();
    }

    /** Every role that a host has. */
    Set<String> all() {
        return hosts.values().stream().flatMap(host -> host.roles().stream()).collect(Collectors.toSet());
    }

    /** The roles of a host. */
    List<String> named(RemoteShell shell) {
        return host(shell).map(SshSettings.Host::roles).orElse(List.of());
    }

    private Optional<RemoteShell> primary(List<RemoteShell> some) {
        return some.stream()
                .filter(shell -> host(shell).filter(SshSettings.Host::primary).isPresent())
                .findFirst()
                .or(() -> some.stream().findFirst());
    }

    private Optional<SshSettings.Host> host(RemoteShell shell) {
        return Optional.ofNullable(hosts.get(shell.label()));
    }
}
