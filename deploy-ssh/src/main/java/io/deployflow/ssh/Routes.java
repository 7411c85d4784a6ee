package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import java.util.List;
import java.util.Optional;

/** Finds the way to a host: what ssh_config says of it, and of every bastion before it. */
final class Routes {
    /** In place of bastions: there are none, whatever ssh_config says. */
    static final String DIRECT = "none";

    private static final int MOST_HOPS = 8;

    private final SshConfig config;
    private final Optional<String> bastion;

    /**
     * Finds ways.
     *
     * @param config what ssh_config says
     * @param bastion the bastions of every host, in the order in which they are passed, with commas between; counts
     *     before {@code ProxyJump}
     */
    Routes(SshConfig config, Optional<String> bastion) {
        this.config = config;
        this.bastion = bastion;
    }

    /** The bastions that a text names; none where it says {@code none}. */
    static List<HostAddress> parse(String text) {
        return text.equalsIgnoreCase(DIRECT)
                ? List.of()
                : List.of(text.split(",", -1)).stream().map(HostAddress::parse).toList();
    }

    /**
     * The way to a host.
     *
     * @throws ConfigurationException if ssh_config cannot be understood, or asks for what is not supported
     */
    Endpoint to(HostAddress host, CancellationToken cancellation) {
        Endpoint endpoint = config.resolve(host, cancellation);
        List<HostAddress> hops = bastion.isPresent() ? parse(bastion.get()) : jumps(endpoint);
        return along(endpoint, hops, 1, cancellation);
    }

    private Endpoint along(Endpoint endpoint, List<HostAddress> hops, int depth, CancellationToken cancellation) {
        if (hops.isEmpty()) {
            return endpoint;
        }
        if (depth > MOST_HOPS) {
            throw ConnectFailures.proxied(endpoint, "ProxyJump in a circle");
        }
        Endpoint last = config.resolve(hops.get(hops.size() - 1), cancellation).asBastion();
        if (last.server().equals(endpoint.server())) {
            // 'Host * ProxyJump bastion' is said of the bastion too.
            return endpoint;
        }
        List<HostAddress> before = hops.size() > 1 ? hops.subList(0, hops.size() - 1) : jumps(last);
        return endpoint.through(along(last, before, depth + 1, cancellation));
    }

    private static List<HostAddress> jumps(Endpoint endpoint) {
        endpoint.options().one("proxycommand").ifPresent(command -> {
            throw ConnectFailures.proxied(endpoint, "ProxyCommand " + command);
        });
        try {
            return endpoint.options().one("proxyjump").map(Routes::parse).orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "%s: ProxyJump in ssh_config: %s".formatted(endpoint.host(), e.getMessage()),
                    "See what this says: ssh -G " + endpoint.host().name(),
                    endpoint.host().label(),
                    e);
        }
    }
}
