package io.deployflow.internal.config.yaml;

import java.util.List;

/**
 * A list.
 *
 * @param location where it begins
 * @param items its values
 */
public record ListNode(Location location, List<Node> items) implements Node {
    /** Copies the items. */
    public ListNode {
        items = List.copyOf(items);
    }

    @Override
    public String words() {
        return "a list";
    }
}
