package io.deployflow.internal.config.yaml;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keys and their values.
 *
 * @param location where it begins
 * @param entries in the file's order; each key once
 */
public record MapNode(Location location, List<Entry> entries) implements Node {

    /**
     * A key and its value.
     *
     * @param location where the key stands
     * @param key the key
     * @param value its value
     */
    public record Entry(Location location, String key, Node value) {}

    /** Copies the entries. */
    public MapNode {
        entries = List.copyOf(entries);
    }

    /** The entry of a key, if it is there. */
    public Optional<Entry> entry(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** The same without the entries whose key is not wanted. */
    public MapNode only(Predicate<String> wanted) {
        return new MapNode(
                location,
                entries.stream().filter(entry -> wanted.test(entry.key())).toList());
    }

    @Override
    public String words() {
        return "a map";
    }
}
