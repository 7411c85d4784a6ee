package io.deployflow.internal.config.bind;

import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;

/**
 * What a mistake is about.
 *
 * @param name such as {@code 'hosts'} or {@code item 2 of 'hosts'}
 * @param location where it is named: its key, or the value itself where it has none
 */
public record Subject(String name, Location location) {
    /** The value of a key. */
    public static Subject of(MapNode.Entry entry) {
        return new Subject("'" + entry.key() + "'", entry.location());
    }
}
