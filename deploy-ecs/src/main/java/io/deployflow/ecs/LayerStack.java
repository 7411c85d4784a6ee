package io.deployflow.ecs;

import io.deployflow.ecs.LayersSettings.Layer;
import io.deployflow.ecs.internal.layers.ContainerConfig;
import io.deployflow.ecs.internal.layers.LayerRule;
import io.deployflow.ecs.internal.layers.Owner;
import io.deployflow.ecs.internal.layers.PathBytes;
import io.deployflow.ecs.internal.layers.Stack;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * From settings and what the kind of application has by default to the rules of the layers and what runs.
 *
 * @param settings the target's
 * @param defaults the kind's
 * @param ignore what {@code .dockerignore} says
 */
record LayerStack(LayersSettings settings, KindDefaults defaults, DockerIgnore ignore) {
    private static final String PATH = "PATH";
    private static final String REVISION_LABEL = "org.opencontainers.image.revision";

    /** For a source. */
    static LayerStack of(LayersSettings settings, SourceFiles source, DockerIgnore ignore) {
        return new LayerStack(settings, KindDefaults.of(settings, source), ignore);
    }

    /** The layers, from the bottom up. */
    List<Layer> layers() {
        return settings.stack().isEmpty() ? defaults.stack() : settings.stack();
    }

    /** Their rules, in the same order. */
    Stack rules() {
        return new Stack(layers().stream().map(this::rule).toList());
    }

    /** The rule of one layer; what commands have made is not for {@code .dockerignore} to leave out. */
    LayerRule rule(Layer layer) {
        DockerIgnore own = DockerIgnore.parse(layer.exclude());
        DockerIgnore source = layer.prepare().isEmpty() ? ignore : new DockerIgnore(List.of());
        Predicate<String> excluded = path -> {
            String text = text(path);
            return source.excludes(text) || own.excludes(text);
        };
        return new LayerRule(
                layer.name(),
                layer.from().stream().map(PathBytes::of).toList(),
                inner(layer.to().orElseGet(this::directory)),
                excluded,
                Owner.parse(layer.owner()).orElse(Owner.ROOT),
                modes(layer.modes()),
                layer.split());
    }

    private record ModeRule(DockerIgnore pattern, int mode) {}

    private static Function<String, Optional<Integer>> modes(Map<String, String> modes) {
        if (modes.isEmpty()) {
            return path -> Optional.empty();
        }
        List<ModeRule> rules = modes.entrySet().stream()
                .map(entry -> new ModeRule(
                        DockerIgnore.parse(List.of(entry.getKey())), Integer.parseInt(entry.getValue(), 8)))
                .toList();
        return path -> rules.stream()
                .filter(rule -> rule.pattern().excludes(text(path)))
                .map(ModeRule::mode)
                .reduce((earlier, later) -> later);
    }

    private static String text(String path) {
        return new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Where the application is in the image. */
    String directory() {
        return settings.directory().orElse(defaults.directory());
    }

    /** The same as the paths of a layer are. */
    String inner() {
        return inner(directory());
    }

    private static String inner(String path) {
        return PathBytes.of(path).replaceAll("^/+|/+$", "");
    }

    /** What the image runs. */
    ContainerConfig config(String revision) {
        Map<String, String> environment = new HashMap<>(defaults.environment());
        environment.putAll(settings.environment());
        Map<String, String> labels = new HashMap<>(settings.labels());
        labels.put(REVISION_LABEL, revision);
        return new ContainerConfig(
                settings.entrypoint(),
                settings.saysWhatStarts()
                        ? settings.command()
                        : defaults.start().command(),
                environment,
                settings.environment().containsKey(PATH) ? List.of() : defaults.path(),
                settings.user(),
                labels,
                settings.ports().stream()
                        .flatMap(port -> Stream.of(port.contains("/") ? port : port + "/tcp"))
                        .toList(),
                Optional.of(settings.workdir().orElseGet(this::directory)));
    }
}
