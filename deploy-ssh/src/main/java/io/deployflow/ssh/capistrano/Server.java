package io.deployflow.ssh.capistrano;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host of a stage.
 *
 * @param user who logs in, if it was said
 * @param host its name or address
 * @param port where its SSH server listens, if it was said
 * @param roles what it is for
 * @param primary whether it was said to be the primary
 * @param place where it was named first
 */
record Server(
        Optional<String> user, String host, Optional<String> port, Set<String> roles, boolean primary, String place) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:([^@]+)@)?(?:(\\$\\{[^}]*\\}|\\[[^\\]]+\\]|[^:]+)(?::(\\d+))?|([^:]*(?::[^:]*){2,}))");

    /** Reads {@code user@host:port} and the properties that stand behind it. */
    static Server of(String address, Map<String, Value> properties, String place) {
        Matcher matcher = ADDRESS.matcher(address);
        boolean plain = matcher.matches();
        Map<String, Value> ssh =
                properties.get("ssh_options") instanceof Value.Table table ? table.entries() : Map.of();
        Set<String> roles = new LinkedHashSet<>();
        for (String key : List.of("roles", "role")) {
            Optional.ofNullable(properties.get(key)).map(Value::items).orElse(List.of()).stream()
                    .map(Value::text)
                    .filter(role -> !role.isEmpty() && !role.equals("all"))
                    .forEach(roles::add);
        }
        return new Server(
                said(ssh, "user")
                        .or(() -> said(properties, "user"))
                        .or(() -> Optional.ofNullable(plain ? matcher.group(1) : null)),
                hostOf(matcher, plain, address),
                said(ssh, "port")
                        .or(() -> said(properties, "port"))
                        .or(() -> Optional.ofNullable(plain ? matcher.group(3) : null)),
                roles,
                properties.get("primary") instanceof Value.Flag flag && flag.holds(),
                place);
    }

    private static String hostOf(Matcher matcher, boolean plain, String address) {
        if (!plain) {
            return address;
        }
        String host = matcher.group(4) == null ? matcher.group(2) : matcher.group(4);
        return String.valueOf(host).replaceAll("[\\[\\]]", "");
    }

    private static Optional<String> said(Map<String, Value> properties, String key) {
        return Optional.ofNullable(properties.get(key)).map(Value::text).filter(text -> !text.isEmpty());
    }

    /** Capistrano takes two mentions of one address for one server. */
    String key() {
        return host + " " + port.orElse("");
    }

    /** Both mentions in one. */
    Server with(Server later) {
        Set<String> both = new LinkedHashSet<>(roles);
        both.addAll(later.roles);
        return new Server(later.user.or(() -> user), host, port, both, primary || later.primary, place);
    }

    /** The address as deploy.yml has it. */
    String address(Optional<String> defaultUser, Optional<String> defaultPort) {
        Optional<String> at = port.or(() -> defaultPort);
        String name = host.contains(":") && !host.startsWith("$") ? "[" + host + "]" : host;
        return user.or(() -> defaultUser).map(who -> who + "@").orElse("")
                + (at.isPresent() ? name + ":" + at.get() : name);
    }
}
