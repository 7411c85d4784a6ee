package io.deployflow.sandbox.command;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Variables as lines that a shell can source.
 *
 * @param variables by name
 */
record EnvFile(Map<String, String> variables) {

    String text() {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(entry -> "export " + entry.getKey() + "=" + quoted(entry.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
