package io.deployflow.internal.config;

import io.deployflow.internal.config.yaml.ListNode;
import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.internal.config.yaml.Node;
import io.deployflow.internal.config.yaml.ScalarNode;
import io.deployflow.internal.config.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Optional;

/** Finds again where something stands in a file that was read before. */
public final class FlowPlaces {
    private FlowPlaces() {}

    /** Where a job names a secret. */
    public static Location secret(Path file, String job, String secret) {
        return YamlReader.read(FileText.read(file), new Mistakes())
                .flatMap(root -> below(root, FlowKeys.FLOW))
                .flatMap(flow -> below(flow, "jobs"))
                .flatMap(jobs -> below(jobs, job))
                .flatMap(section -> below(section, "secrets"))
                .filter(ListNode.class::isInstance)
                .flatMap(list -> ((ListNode) list)
                        .items().stream()
                                .filter(item -> item instanceof ScalarNode scalar
                                        && scalar.text().equals(secret))
                                .map(Node::location)
                                .findFirst())
                .orElse(Location.START);
    }

    private static Optional<Node> below(Node parent, String key) {
        return parent instanceof MapNode map ? map.entry(key).map(MapNode.Entry::value) : Optional.empty();
    }
}
