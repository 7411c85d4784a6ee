package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the installed {@code ssh} what its configuration says of a host: it knows Include, Match and the rest. */
final class SshConfig {
    private SshConfig() {}

    /**
     * Resolves an address; where there is no {@code ssh}, from the address alone.
     *
     * @throws ConfigurationException if ssh does not accept its own configuration, or the address
     */
    static Endpoint resolve(HostAddress host, CancellationToken cancellation) {
        Path home = Path.of(System.getProperty("user.home"));
        return Endpoint.of(host, ask(host, cancellation), home, System.getProperty("user.name"));
    }

    private static List<String> ask(HostAddress host, CancellationToken cancellation) {
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        host.user().ifPresent(user -> words.addAll(List.of("-l", user)));
        host.port().ifPresent(port -> words.addAll(List.of("-p", String.valueOf(port))));
        words.add(host.name());
        List<String> lines = new ArrayList<>();
        try {
            int status = new LocalCommand(words, Path.of("."), Map.of()).run(lines::add, cancellation);
            if (status != 0) {
                throw new ConfigurationException(
                        "%s: ssh does not accept the host or its configuration: %s"
                                .formatted(host.label(), String.join("; ", lines)),
                        "See what this says: " + String.join(" ", words),
                        host.label(),
                        null);
            }
            return lines;
        } catch (IOException e) {
            return List.of();
        }
    }
}
