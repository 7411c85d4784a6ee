package io.deployflow.internal.config.yaml;

/**
 * A value without parts.
 *
 * @param location where it begins
 * @param kind what YAML takes it for
 * @param text what stands in the file, without quotes: {@code 1.10} is not {@code 1.1}
 */
public record ScalarNode(Location location, Kind kind, String text) implements Node {

    /** What YAML takes a value for. A reader that wants text takes any kind but {@link #EMPTY}. */
    public enum Kind {
        /** Anything else. */
        TEXT("text"),
        /** {@code 5}, {@code 1.10}. */
        NUMBER("a number"),
        /** {@code true}, and also {@code on}, {@code no} and the like. */
        BOOLEAN("a boolean"),
        /** Nothing at all, {@code ~} or {@code null}. */
        EMPTY("empty");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return kind == Kind.EMPTY;
    }

    @Override
    public String words() {
        return kind.words;
    }
}
