package io.deployflow.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where and as whom to connect: a host's address with what ssh_config says of it.
 *
 * @param host the host as {@code deploy.yml} or {@code ProxyJump} names it
 * @param hostname what to connect to
 * @param port TCP port
 * @param user who logs in
 * @param options what else ssh_config says
 * @param home the home directory of who deploys
 * @param isBastion whether it is only on the way to a host
 * @param bastion through what to connect
 */
record Endpoint(
        HostAddress host,
        String hostname,
        int port,
        String user,
        SshOptions options,
        Path home,
        boolean isBastion,
        Optional<Endpoint> bastion) {
    private static final int SSH = 22;
    private static final List<String> IDENTITIES = List.of("~/.ssh/id_rsa", "~/.ssh/id_ecdsa", "~/.ssh/id_ed25519");
    private static final List<String> USERS_HOSTS = List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2");
    private static final List<String> ALL_HOSTS = List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2");

    /** An address with what ssh_config says of it; what that does not say is as ssh would have it. */
    static Endpoint of(HostAddress host, SshOptions options, Path home, String localUser) {
        String hostname = options.one("hostname")
                .map(name -> name.replace("%h", host.name()).replace("%%", "%"))
                .orElse(host.name());
        int port = host.port().orElse(options.one("port").map(Integer::parseInt).orElse(SSH));
        String user = host.user().or(() -> options.one("user")).orElse(localUser);
        return new Endpoint(host, hostname, port, user, options, home, false, Optional.empty());
    }

    /** The same, reached through a bastion. */
    Endpoint through(Endpoint other) {
        return new Endpoint(host, hostname, port, user, options, home, isBastion, Optional.of(other));
    }

    /** The same, on the way to a host. */
    Endpoint asBastion() {
        return new Endpoint(host, hostname, port, user, options, home, true, bastion);
    }

    /** Private keys that ssh_config names or that ssh tries by default; they need not exist. */
    List<Path> identityFiles() {
        return paths("identityfile", IDENTITIES);
    }

    /** Certificates that ssh_config names. */
    List<Path> certificateFiles() {
        return paths("certificatefile", List.of());
    }

    /** Where trusted host keys are, as ssh has it. */
    List<Path> knownHostsFiles() {
        return Stream.concat(
                        paths("userknownhostsfile", USERS_HOSTS).stream(),
                        paths("globalknownhostsfile", ALL_HOSTS).stream())
                .toList();
    }

    private List<Path> paths(String keyword, List<String> otherwise) {
        List<String> said = options.all(keyword);
        return (said.isEmpty() ? otherwise : said)
                .stream()
                        .filter(value -> !value.equalsIgnoreCase("none"))
                        .map(value -> tokens().path(value))
                        .toList();
    }

    /** The SSH agent's socket: what ssh_config says, else the environment; empty where none is to be asked. */
    Optional<Path> agent(Map<String, String> environment) {
        String said = options.all("identityagent").stream().findFirst().orElse("SSH_AUTH_SOCK");
        if (said.equalsIgnoreCase("none")) {
            return Optional.empty();
        }
        if (said.equals("SSH_AUTH_SOCK") || (said.startsWith("$") && !said.startsWith("${"))) {
            return Optional.ofNullable(environment.get(said.replaceFirst("^\\$", "")))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of);
        }
        return Optional.of(tokens().path(said));
    }

    private SshTokens tokens() {
        return new SshTokens(home, host.name(), hostname, port, user);
    }

    /** The name under which known_hosts has the host. */
    String knownAs() {
        return options.one("hostkeyalias")
                .orElse(port == SSH ? hostname : "[" + hostname + "]:" + port)
                .toLowerCase(Locale.ROOT);
    }

    /** The names under which known_hosts may have it: on another port, also the name alone. */
    List<String> knownNames() {
        boolean alone = port == SSH || options.one("hostkeyalias").isPresent();
        return alone ? List.of(knownAs()) : List.of(knownAs(), hostname.toLowerCase(Locale.ROOT));
    }

    /** How long a silent connection is left alone before it is asked whether it lives. */
    Duration aliveInterval(Duration otherwise) {
        return options.time("serveraliveinterval").orElse(otherwise);
    }

    /** How many such questions may stay without an answer; ssh's own default where ssh_config says how often to ask. */
    int aliveCount(int otherwise) {
        return options.time("serveraliveinterval").isEmpty()
                ? otherwise
                : options.one("serveralivecountmax").map(Integer::parseInt).orElse(otherwise);
    }

    /** What counts handshakes: {@code 10.0.0.7:22}. */
    String server() {
        return hostname + ":" + port + way();
    }

    /** What a bastion is told apart by: {@code deploy@10.0.0.7:22}. */
    String login() {
        return user + "@" + server();
    }

    private String way() {
        return bastion.map(other -> " through " + other.login()).orElse("");
    }
}
