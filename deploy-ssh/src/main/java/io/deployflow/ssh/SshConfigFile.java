package io.deployflow.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ssh_config with everything that it includes, as read by {@link SshConfigReader}.
 *
 * @param lines in the order in which they count
 * @param needsSsh whether it says what only ssh can decide, such as {@code Match exec}
 */
record SshConfigFile(List<Line> lines, boolean needsSsh) {
    /** No file, or an empty one. */
    static final SshConfigFile EMPTY = new SshConfigFile(List.of(), false);

    // Of these every one counts; of all others the first.
    private static final Set<String> KEPT = Set.of("identityfile", "certificatefile");

    // Of these two the first counts.
    private static final Map<String, String> RIVALS = Map.of("proxyjump", "proxycommand", "proxycommand", "proxyjump");

    SshConfigFile {
        lines = List.copyOf(lines);
    }

    /**
     * One setting.
     *
     * @param hosts the patterns of every {@code Host} line that it stands under; all must match
     * @param keyword in lower case
     * @param values its words
     */
    record Line(List<List<String>> hosts, String keyword, List<String> values) {
        Line {
            hosts = List.copyOf(hosts);
            values = List.copyOf(values);
        }

        boolean isOf(String host) {
            return hosts.stream().allMatch(patterns -> Glob.anyMatches(patterns, host));
        }
    }

    /** The lines of this file, and then those of another. */
    SshConfigFile then(SshConfigFile other) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        return new SshConfigFile(all, needsSsh || other.needsSsh);
    }

    /** What is said of a host, by the name that a person types. */
    SshOptions of(String host) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        lines.stream().filter(line -> line.isOf(host)).forEach(line -> {
            if (KEPT.contains(line.keyword())) {
                values.computeIfAbsent(line.keyword(), key -> new ArrayList<>()).addAll(line.values());
            } else if (!values.containsKey(RIVALS.getOrDefault(line.keyword(), ""))) {
                values.putIfAbsent(line.keyword(), line.values());
            }
        });
        return new SshOptions(values);
    }
}
