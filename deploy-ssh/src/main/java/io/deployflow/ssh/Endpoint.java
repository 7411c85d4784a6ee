package io.deployflow.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where and as whom to connect: a host's address with what {@code ~/.ssh/config} says of it.
 *
 * @param host the host as {@code deploy.yml} names it
 * @param hostname what to connect to
 * @param port TCP port
 * @param user who logs in
 * @param identityFiles private keys that ssh_config names or that ssh tries by default; they need not exist
 * @param proxy what {@code ProxyJump} or {@code ProxyCommand} says, which is not supported
 */
record Endpoint(
        HostAddress host, String hostname, int port, String user, List<Path> identityFiles, Optional<String> proxy) {
    private static final int SSH = 22;

    Endpoint {
        identityFiles = List.copyOf(identityFiles);
    }

    /**
     * What {@code ssh -G} says of a host; what it does not say is as ssh would have it.
     *
     * @param lines its output; empty where there is no ssh
     */
    static Endpoint of(HostAddress host, List<String> lines, Path home, String localUser) {
        String hostname = host.name();
        int port = host.port().orElse(SSH);
        String user = host.user().orElse(localUser);
        List<Path> identities = new ArrayList<>();
        Optional<String> proxy = Optional.empty();
        for (String line : lines) {
            int space = line.indexOf(' ');
            String value = space < 0 ? "" : line.substring(space + 1).strip();
            switch (space < 0 ? line : line.substring(0, space)) {
                case "hostname" -> hostname = value;
                case "port" -> port = Integer.parseInt(value);
                case "user" -> user = value;
                case "identityfile" -> identities.add(inHome(value, home));
                case "proxyjump", "proxycommand" -> proxy = Optional.of(line).filter(text -> !value.equals("none"));
                default -> {}
            }
        }
        return new Endpoint(host, hostname, port, user, identities, proxy);
    }

    private static Path inHome(String path, Path home) {
        return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
    }

    /** The name under which known_hosts has the host. */
    String knownAs() {
        return port == SSH ? hostname : "[" + hostname + "]:" + port;
    }

    /** The command that prints the host's keys as known_hosts wants them. */
    String keyscan(Path knownHosts) {
        return (port == SSH ? "ssh-keyscan " : "ssh-keyscan -p " + port + " ") + hostname + " >> " + knownHosts;
    }
}
