package io.deployflow.internal.flow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the files that a flow names, as a shell would.
 *
 * @param directory what relative names start from
 * @param home what stands behind a {@code ~}
 */
record NamedFiles(Path directory, Path home) {
    private static final String HOME = "~";

    static NamedFiles of(Path directory, Map<String, String> environment) {
        String home = Optional.ofNullable(environment.get("HOME")).orElseGet(() -> System.getProperty("user.home"));
        return new NamedFiles(directory, Path.of(home));
    }

    /** The file of a name; there need not be one. */
    Path file(String name) {
        if (name.equals(HOME)) {
            return home;
        }
        return name.startsWith(HOME + "/") ? home.resolve(name.substring(2)) : directory.resolve(name);
    }
}
