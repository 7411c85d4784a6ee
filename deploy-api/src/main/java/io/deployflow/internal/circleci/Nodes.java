package io.deployflow.internal.circleci;

import io.deployflow.internal.config.yaml.ListNode;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Node;
import io.deployflow.internal.config.yaml.ScalarNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks into a tree that may be anything. */
final class Nodes {
    private Nodes() {}

    static Optional<Node> at(Node parent, String key) {
        return parent instanceof MapNode map ? map.entry(key).map(MapNode.Entry::value) : Optional.empty();
    }

    /** The first of several keys that is there. */
    static Optional<Node> at(Node parent, String key, String other) {
        return at(parent, key).or(() -> at(parent, other));
    }

    static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar && !scalar.isEmpty() ? Optional.of(scalar.text()) : Optional.empty();
    }

    static Optional<String> text(Node parent, String key) {
        return at(parent, key).flatMap(Nodes::text);
    }

    static List<MapNode.Entry> entries(Node node) {
        return node instanceof MapNode map ? map.entries() : List.of();
    }

    static List<MapNode.Entry> entries(Node parent, String key) {
        return at(parent, key).map(Nodes::entries).orElse(List.of());
    }

    static List<Node> items(Node node) {
        return node instanceof ListNode list ? list.items() : List.of();
    }

    static List<Node> items(Node parent, String key) {
        return at(parent, key).map(Nodes::items).orElse(List.of());
    }

    /** A list of texts, or one alone. */
    static List<String> texts(Node parent, String key) {
        return at(parent, key).stream()
                .flatMap(node -> node instanceof ScalarNode ? Stream.of(node) : items(node).stream())
                .flatMap(node -> text(node).stream())
                .toList();
    }
}
