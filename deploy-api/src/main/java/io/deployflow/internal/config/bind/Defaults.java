package io.deployflow.internal.config.bind;

import io.deployflow.internal.config.text.Interpolation;
import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.internal.config.yaml.Node;
import io.deployflow.internal.config.yaml.ScalarNode;
import io.deployflow.internal.config.yaml.YamlReader;
import java.util.Optional;

/** Makes the values of keys that are missing. */
final class Defaults {
    private Defaults() {}

    /**
     * The value of a default.
     *
     * @throws IllegalArgumentException if the key's own default does not bind to it: its author's mistake
     */
    static Object value(Key key, String written) {
        Mistakes mistakes = new Mistakes();
        Binder binder = new Binder(new Interpolation(name -> null), mistakes);
        return node(key, written, mistakes)
                .flatMap(node -> binder.value(key.shape(), node, new Subject("'" + key.name() + "'", Location.START)))
                .orElseThrow(
                        () -> new IllegalArgumentException("default of '" + key.name() + "': " + mistakes.sorted()));
    }

    private static Optional<Node> node(Key key, String written, Mistakes mistakes) {
        return key.shape() instanceof Shape.Scalar
                ? Optional.of(new ScalarNode(Location.START, false, written))
                : YamlReader.read(written, mistakes);
    }
}
