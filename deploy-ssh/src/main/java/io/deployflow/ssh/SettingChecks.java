package io.deployflow.ssh;

import io.deployflow.spi.InvalidSettingException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What settings must be; each throws an {@link InvalidSettingException} that says what would be right. */
final class SettingChecks {
    private SettingChecks() {}

    static void check(boolean right, String key, String problem) {
        if (!right) {
            throw new InvalidSettingException(key, problem);
        }
    }

    static void positive(String key, Duration duration) {
        check(!duration.isNegative() && !duration.isZero(), key, "must be longer than 0");
    }

    static void hosts(List<SshSettings.Host> hosts) {
        check(!hosts.isEmpty(), "hosts", "must name at least one host");
        Set<String> labels = new HashSet<>();
        for (SshSettings.Host host : hosts) {
            check(labels.add(HostAddress.parse(host.host()).label()), "hosts", "names '" + host.host() + "' twice");
        }
    }

    static void bastion(String text) {
        try {
            Routes.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("bastion", String.valueOf(e.getMessage()));
        }
    }

    static void hooks(List<HookSettings> hooks, List<SshSettings.Host> hosts) {
        List<String> known =
                hosts.stream().flatMap(host -> host.roles().stream()).distinct().toList();
        hooks.stream()
                .flatMap(hook -> hook.roles().stream())
                .forEach(role -> check(
                        known.contains(role),
                        "hooks",
                        "names the role '" + role + "', which no host has"
                                + (known.isEmpty() ? "" : "; the roles are " + String.join(", ", known))));
    }

    static void environment(String key, Collection<String> names) {
        names.forEach(
                name -> check(name.matches("[A-Za-z_][A-Za-z0-9_]*"), key, "'" + name + "' is no name of a variable"));
    }

    static void linked(List<String> dirs, List<String> files) {
        dirs.forEach(path -> inside("linked_dirs", path, "the release, such as tmp/pids"));
        files.forEach(path -> inside("linked_files", path, "the release, such as tmp/pids"));
        checkApart(dirs, files);
        checkNotOurs("linked_dirs", dirs);
        checkNotOurs("linked_files", files);
    }

    private static void checkNotOurs(String key, List<String> paths) {
        check(!paths.contains(RevisionFile.NAME), key, RevisionFile.NAME + " says which revision a release is of");
    }

    /** A relative path that does not leave the place that it is relative to. */
    static void inside(String key, String path, String place) {
        boolean inside = !path.isEmpty()
                && List.of(path.split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        check(inside && !path.contains("\n"), key, "'" + path + "' must be a path below " + place);
    }

    // A link inside a linked directory would be made in shared/, in the place of what is there.
    private static void checkApart(List<String> dirs, List<String> files) {
        List<String> all = Stream.concat(dirs.stream(), files.stream()).toList();
        for (String path : all) {
            boolean clashes = Collections.frequency(all, path) > 1
                    || all.stream().anyMatch(other -> path.startsWith(other + "/"));
            String key = dirs.contains(path) ? "linked_dirs" : "linked_files";
            check(!clashes, key, "'" + path + "' is linked already, by itself or by a directory above it");
        }
    }
}
