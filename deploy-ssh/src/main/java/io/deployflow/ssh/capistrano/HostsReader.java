package io.deployflow.ssh.capistrano;

import io.deployflow.ssh.capistrano.Value.Table;
import io.deployflow.ssh.capistrano.Value.Text;
import io.deployflow.ssh.capistrano.Value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code server} and {@code role}. */
final class HostsReader {
    private static final Set<String> PROPERTIES =
            Set.of("user", "port", "roles", "role", "primary", "ssh_options", "no_release");

    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Scope scope;
    private final Leave leave;

    /** Takes what cannot be carried over. */
    interface Leave {
        /** At the line of a statement. */
        void leave(Statement statement, String what, String remedy);
    }

    HostsReader(Scope scope, Leave leave) {
        this.scope = scope;
        this.leave = leave;
    }

    List<Server> servers() {
        return List.copyOf(servers.values());
    }

    void server(Statement statement, String place) {
        List<Value> all = Expression.arguments(statement.arguments(), scope);
        if (all.isEmpty() || !(all.get(0) instanceof Text address)) {
            unreadHost(statement, all);
            return;
        }
        add(
                statement,
                place,
                address.text(),
                all.size() > 1 && all.get(1) instanceof Table table ? table.entries() : Map.of());
    }

    void role(Statement statement, String place) {
        List<Value> all = Expression.arguments(statement.arguments(), scope);
        if (all.size() < 2 || all.get(0) instanceof Unknown) {
            unreadHost(statement, all);
            return;
        }
        Map<String, Value> properties = new LinkedHashMap<>();
        List<Value> addresses = new ArrayList<>();
        for (Value value : all.subList(1, all.size())) {
            if (value instanceof Table table) {
                properties.putAll(table.entries());
            } else {
                addresses.addAll(value.items());
            }
        }
        properties.put("roles", all.get(0));
        addresses.forEach(address -> add(statement, place, address.text(), properties));
    }

    private void unreadHost(Statement statement, List<Value> all) {
        String why = all.stream()
                .filter(Unknown.class::isInstance)
                .map(value -> " (" + ((Unknown) value).why() + ")")
                .collect(Collectors.joining());
        leave.leave(statement, "a host that only Ruby can tell: " + statement.shown() + why, "add it to `hosts`");
    }

    private void add(Statement statement, String place, String address, Map<String, Value> properties) {
        properties.forEach((key, value) -> property(statement, address, key, value));
        if (properties.get("no_release") instanceof Value.Flag flag && flag.holds()) {
            leave.leave(statement, "the host " + address, "nothing is deployed to it (no_release), so it is left out");
            return;
        }
        Server server = Server.of(address, properties, place);
        servers.merge(server.key(), server, Server::with);
    }

    private void property(Statement statement, String address, String key, Value value) {
        if (value instanceof Unknown unknown) {
            leave.leave(statement, key + " of " + address + ": " + unknown.why(), "write it into `hosts`");
        } else if (value instanceof Table table && key.equals("ssh_options")) {
            table.entries()
                    .forEach((option, given) -> Advice.onSsh(option, given)
                            .ifPresent(remedy ->
                                    leave.leave(statement, "ssh_options " + option + " of " + address, remedy)));
            if (table.entries().containsKey("keys")) {
                leave.leave(statement, "the keys of " + address, "write an `IdentityFile` for it into ~/.ssh/config");
            }
        } else if (!PROPERTIES.contains(key)) {
            leave.leave(
                    statement,
                    "the property " + key + " of " + address,
                    "hosts have roles alone: give it one of its own");
        }
    }
}
