package io.deployflow.internal.config.yaml;

import java.util.Set;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A value without parts.
 *
 * @param location where it begins
 * @param isPlain whether YAML may take it for something else than text: it has neither quotes nor a tag
 * @param text what stands in the file, without quotes: {@code 1.10} is not {@code 1.1}
 */
public record ScalarNode(Location location, boolean isPlain, String text) implements Node {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    /** Whether there is nothing. A reader that wants text takes anything else. */
    public boolean isEmpty() {
        return isPlain && NOTHING.contains(text);
    }

    @Override
    public String words() {
        if (isEmpty()) {
            return "empty";
        }
        // Asked for by mistakes only, and its patterns take a while to be made.
        Tag tag = new Resolver().resolve(NodeId.scalar, text, isPlain);
        if (tag.equals(Tag.BOOL)) {
            return "a boolean";
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? "a number" : "text";
    }
}
