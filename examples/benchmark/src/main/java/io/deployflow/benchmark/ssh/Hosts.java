package io.deployflow.benchmark.ssh;

import io.deployflow.sandbox.ssh.SshHost;
import java.time.Duration;
import java.util.List;

/**
 * Some of the hosts, as they are reached at a latency.
 *
 * @param hosts with the ports to connect to: their own, or those of relays before them
 * @param latency the round trip that is added
 */
record Hosts(List<SshHost> hosts, Duration latency) {
    Hosts {
        hosts = List.copyOf(hosts);
    }

    int count() {
        return hosts.size();
    }

    /** A name that no other selection has. */
    String name() {
        return "hosts-" + count() + "-" + latency.toMillis() + "ms";
    }
}
