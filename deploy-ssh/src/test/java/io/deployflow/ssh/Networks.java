package io.deployflow.ssh;

import io.deployflow.sandbox.ssh.Relay;
import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network of its own before each host, which can be slow, silent or gone.
 *
 * @param relays in the order of the hosts
 * @param hosts as they are reached through them
 */
record Networks(List<Relay> relays, SshHosts hosts) implements AutoCloseable {
    static Networks before(SshHosts hosts, Path folder) {
        List<Relay> relays = hosts.hosts().stream()
                .map(host -> Relay.to(host.host(), host.port()))
                .toList();
        return new Networks(relays, reached(hosts, relays, folder));
    }

    private static SshHosts reached(SshHosts hosts, List<Relay> relays, Path folder) {
        try {
            String keys = Files.readString(hosts.knownHosts());
            for (int i = 0; i < relays.size(); i++) {
                keys = keys.replace(
                        "]:" + hosts.hosts().get(i).port() + " ",
                        "]:" + relays.get(i).port() + " ");
            }
            List<SshHost> through = IntStream.range(0, relays.size())
                    .mapToObj(i -> at(hosts.hosts().get(i), relays.get(i).port()))
                    .toList();
            return new SshHosts(
                    through, hosts.identity(), Files.writeString(folder.resolve("known_hosts_of_relays"), keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SshHost at(SshHost host, int port) {
        return new SshHost(host.user(), host.host(), port, host.appUrl(), host.container());
    }

    Relay of(int host) {
        return relays.get(host);
    }

    @Override
    public void close() {
        relays.forEach(Relay::close);
    }
}
