package io.deployflow.ssh.capistrano;

import io.deployflow.spi.Importer.Leftover;
import io.deployflow.ssh.capistrano.Value.Table;
import io.deployflow.ssh.capistrano.Value.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a stage as a target, and tells what of its settings does not fit. */
final class TargetText {
    private static final Set<String> CARRIED = Set.of(
            "stage",
            "application",
            "deploy_to",
            "keep_releases",
            "linked_dirs",
            "linked_files",
            "ssh_options",
            "stages");
    private static final int LEAST_RELEASES = 2;

    private final String stage;
    private final StageReader read;
    private final Scope scope;
    private final List<Leftover> leftovers = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    TargetText(String stage, StageReader read) {
        this.stage = stage;
        this.read = read;
        this.scope = read.scope();
    }

    /** What was found while writing. */
    List<Leftover> leftovers() {
        return leftovers;
    }

    /** The target, indented as one of {@code targets}. */
    String write() {
        Map<String, Value> ssh = scope.get("ssh_options") instanceof Table table ? table.entries() : Map.of();
        text.append("  ").append(Yaml.text(stage)).append(":\n    type: ssh\n    hosts:\n");
        Optional<String> user = said(ssh, "user");
        Optional<String> port = said(ssh, "port");
        read.servers().forEach(server -> text.append(host(server, user, port)));
        ssh(ssh);
        deployTo();
        keepReleases();
        List<String> dirs = linked("linked_dirs", List.of());
        linked("linked_files", dirs);
        others();
        return text.toString();
    }

    private static Optional<String> said(Map<String, Value> options, String key) {
        return Optional.ofNullable(options.get(key)).map(Value::text).filter(value -> !value.isEmpty());
    }

    private static String host(Server server, Optional<String> user, Optional<String> port) {
        String address = "\"" + server.address(user, port) + "\"";
        String roles = server.roles().isEmpty() ? "" : ", roles: " + Yaml.list(List.copyOf(server.roles()));
        String primary = server.primary() ? ", primary: true" : "";
        return "      - { host: " + address + roles + primary + " }  # " + server.place() + "\n";
    }

    private void ssh(Map<String, Value> ssh) {
        String place = scope.place("ssh_options");
        List<Value> keys =
                Optional.ofNullable(ssh.get("keys")).map(Value::items).orElse(List.of());
        if (!keys.isEmpty() && !keys.get(0).text().isEmpty()) {
            add("identity", Yaml.text(keys.get(0).text()), place);
        }
        if (keys.size() > 1) {
            leave(
                    place,
                    "more than one key in ssh_options",
                    "name them as `IdentityFile` in ~/.ssh/config, and take `identity` out");
        }
        said(ssh, "user_known_hosts_file").ifPresent(file -> add("known_hosts", Yaml.text(file), place));
        said(ssh, "timeout")
                .filter(seconds -> seconds.matches("[1-9][0-9]*"))
                .ifPresent(seconds -> add("connect_timeout", seconds + "s", place));
        ssh.forEach((key, value) -> {
            if (value instanceof Unknown unknown && Advice.onSsh(key, value).isEmpty()) {
                leave(place, "ssh_options " + key + ": " + unknown.why(), "write it into deploy.yml");
            }
        });
        ssh.forEach((key, value) ->
                Advice.onSsh(key, value).ifPresent(remedy -> leave(place, "ssh_options " + key, remedy)));
        if (scope.get("ssh_options") instanceof Unknown unknown) {
            leave(place, "ssh_options: " + unknown.why(), "write what it stands for into ~/.ssh/config");
        }
    }

    private void deployTo() {
        Value value = scope.get("deploy_to");
        Value application = scope.get("application");
        String fallback = application == null || application.text().isEmpty() ? "" : "/var/www/" + application.text();
        String path = (value == null ? fallback : value.text()).replaceFirst("(?<=.)/+$", "");
        if (path.startsWith("/") || path.startsWith("${env:")) {
            add("deploy_to", Yaml.text(path), value == null ? "Capistrano's default" : scope.place("deploy_to"));
            return;
        }
        // Refused until somebody has said it: a wrong directory must not be deployed to.
        add("deploy_to", "\"${env:DEPLOY_TO}\"", "must be written");
        String why = value instanceof Unknown unknown ? unknown.why() : "'" + path + "' is no absolute path";
        leave(scope.place("deploy_to"), "deploy_to: " + why, "write the absolute path into deploy.yml");
    }

    private void keepReleases() {
        String digits =
                Optional.ofNullable(scope.get("keep_releases")).map(Value::text).orElse("");
        String place = scope.place("keep_releases");
        if (digits.matches("[0-9]{1,6}") && Integer.parseInt(digits) >= LEAST_RELEASES) {
            add("keep_releases", digits, place);
        } else if (digits.matches("[01]")) {
            add("keep_releases", "" + LEAST_RELEASES, place);
            leave(place, "keep_releases " + digits, "2 is the least: what is live and what came before");
        } else if (!place.isEmpty()) {
            leave(place, "keep_releases", "write the number into deploy.yml; it is 5 otherwise");
        }
    }

    private List<String> linked(String key, List<String> taken) {
        Value value = scope.get(key);
        String place = scope.place(key);
        if (value instanceof Unknown unknown) {
            leave(place, key + ": " + unknown.why(), "write the list into deploy.yml");
        }
        List<String> paths = new ArrayList<>();
        for (Value item : value == null || value instanceof Unknown ? List.<Value>of() : value.items()) {
            String path = item.text().replaceFirst("/+$", "");
            if (!path.isEmpty() && !paths.contains(path) && fits(path, place, key)) {
                paths.add(path);
            }
        }
        List<String> all = new ArrayList<>(taken);
        all.addAll(paths);
        paths.removeIf(path -> isBelow(path, all, place));
        if (!paths.isEmpty()) {
            add(key, Yaml.list(paths), place);
        }
        return paths;
    }

    private boolean fits(String path, String place, String key) {
        boolean inside = !path.startsWith("/")
                && !path.contains("\n")
                && List.of(path.split("/", -1)).stream().noneMatch(Set.of("", ".", "..")::contains);
        if (!inside) {
            leave(place, "'" + path + "' of " + key, "only a path below the release can be linked");
        }
        return inside;
    }

    private boolean isBelow(String path, List<String> all, String place) {
        boolean below = all.stream().anyMatch(other -> path.startsWith(other + "/"));
        if (below) {
            leave(place, "'" + path + "', which is linked with a directory above it already", "nothing: it is there");
        }
        return below;
    }

    private void others() {
        scope.all().forEach((key, entry) -> {
            if (!CARRIED.contains(key)) {
                Advice.onSetting(key)
                        .or(() -> scope.isFetched(key)
                                ? Optional.empty()
                                : Optional.of("a setting of your own or of a plugin: " + Advice.CODE))
                        .ifPresent(remedy -> leave(entry.place(), "set :" + key, remedy));
            }
        });
    }

    private void add(String key, String value, String place) {
        text.append("    ")
                .append(key)
                .append(": ")
                .append(value)
                .append("  # ")
                .append(place)
                .append('\n');
    }

    private void leave(String place, String what, String remedy) {
        leftovers.add(new Leftover(place.isEmpty() ? "config/deploy.rb:1" : place, what, remedy));
    }
}
