package io.deployflow.internal.config.yaml;

import io.deployflow.internal.config.text.Suggestions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code &name} marks and {@code *name} stands for. */
final class Anchors {
    private final Map<String, Node> defined = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /** The value of an anchor begins; until its end, nothing can stand for it. */
    void open(String name) {
        open.add(name);
        defined.remove(name);
    }

    /** The value of an anchor has ended. */
    void define(String name, Node value) {
        open.remove(name);
        defined.put(name, value);
    }

    /** What an alias stands for. */
    Node resolve(String name, Location location) throws SyntaxException {
        @Nullable Node value = defined.get(name);
        if (value != null) {
            return value;
        }
        throw new SyntaxException(
                location,
                open.contains(name)
                        ? "alias '*" + name + "' stands inside of what it stands for"
                        : "no anchor '&" + name + "' comes before this alias"
                                + Suggestions.among(defined.keySet()).didYouMean(name));
    }
}
