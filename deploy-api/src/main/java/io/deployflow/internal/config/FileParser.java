package io.deployflow.internal.config;

import io.deployflow.ConfigurationException;
import io.deployflow.Target;
import io.deployflow.flow.FlowSettings;
import io.deployflow.internal.config.bind.Binder;
import io.deployflow.internal.config.bind.Shapes;
import io.deployflow.internal.config.bind.Subject;
import io.deployflow.internal.config.text.Interpolation;
import io.deployflow.internal.config.text.Suggestions;
import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Mistake;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.internal.config.yaml.Node;
import io.deployflow.internal.config.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one file, all of it, and fails with every mistake at once. */
public final class FileParser {
    static final String TARGETS = "targets";

    /** Top-level keys that begin so are not read: anchors may stand there. */
    static final String IGNORED = "x-";

    private final Path path;
    private final Function<String, @Nullable String> environment;
    private final Mistakes mistakes = new Mistakes();
    private final Mistakes unset = new Mistakes();
    private final Binder binder;
    private final TargetBinder targetBinder;

    /**
     * Reads a file.
     *
     * @param adapters know the types of targets
     * @param environment gives the value of a variable, or null if it is not set
     */
    public FileParser(Path path, Adapters adapters, Function<String, @Nullable String> environment) {
        this.path = path;
        this.environment = environment;
        this.binder = new Binder(new Interpolation(environment), mistakes);
        this.targetBinder = new TargetBinder(adapters, binder, mistakes);
    }

    /**
     * Reads it.
     *
     * @throws ConfigurationException if it cannot be read, or with every mistake in it
     */
    public ParsedFile parse() {
        Optional<ParsedFile> parsed = root(FileText.read(path)).flatMap(this::file);
        if (parsed.isEmpty() || !mistakes.isEmpty()) {
            throw new ConfigurationException(listed(mistakes), "correct " + path);
        }
        return parsed.get();
    }

    private Optional<MapNode> root(String text) {
        Optional<Node> document = YamlReader.read(text, mistakes);
        if (document.isPresent() && document.get() instanceof MapNode map) {
            return Optional.of(map.only(key -> !key.startsWith(IGNORED)));
        }
        if (document.isPresent()) {
            mistakes.add(
                    document.get().location(),
                    "the file must be a map, is " + document.get().words());
        } else if (mistakes.isEmpty()) {
            mistakes.add(Location.START, "the file is empty");
        }
        return Optional.empty();
    }

    private Optional<ParsedFile> file(MapNode root) {
        List<String> known = new ArrayList<>(Shapes.names(FileKeys.class));
        known.add(TARGETS);
        known.addAll(Shapes.names(FlowKeys.class));
        binder.checkKeys(root, new Suggestions(known));
        Optional<FileKeys> keys = binder.section(FileKeys.class, root, new Subject("the file", Location.START));
        List<Target> targets = targets(root);
        Optional<FlowSettings> flow = root.entry(FlowKeys.FLOW).flatMap(entry -> flow(entry, targetNames(root)));
        return keys.map(found -> new ParsedFile(
                found.in(directory()),
                targets,
                unset.isEmpty() ? flow : Optional.empty(),
                Optional.of(unset).filter(there -> !there.isEmpty()).map(this::listed)));
    }

    /**
     * A variable that only the flow needs must not keep anybody from deploying, so the flow is read twice: once for its
     * mistakes, whatever is set, and then for what is not set here.
     */
    private Optional<FlowSettings> flow(MapNode.Entry entry, Suggestions targets) {
        Binder lenient = new Binder(
                new Interpolation(
                        name -> Optional.ofNullable(environment.apply(name)).orElse("")),
                mistakes);
        Optional<FlowSettings> checked = new FlowBinder(lenient, mistakes, targets).bind(entry);
        return checked.flatMap(
                sound -> new FlowBinder(new Binder(new Interpolation(environment), unset), unset, targets).bind(entry));
    }

    private static Suggestions targetNames(MapNode root) {
        return new Suggestions(root.entry(TARGETS).map(MapNode.Entry::value).stream()
                .filter(MapNode.class::isInstance)
                .flatMap(targets -> ((MapNode) targets).entries().stream())
                .map(MapNode.Entry::key)
                .toList());
    }

    private List<Target> targets(MapNode root) {
        Optional<MapNode.Entry> entry = root.entry(TARGETS);
        if (entry.isEmpty()) {
            mistakes.add(Location.START, "missing key '" + TARGETS + "' in the file");
            return List.of();
        }
        List<MapNode.Entry> sections =
                entry.flatMap(binder::map).map(MapNode::entries).orElse(List.of());
        if (sections.isEmpty() && entry.get().value() instanceof MapNode) {
            mistakes.add(entry.get().location(), "'" + TARGETS + "' names no target");
        }
        return sections.stream()
                .flatMap(section -> targetBinder.bind(section).stream())
                .toList();
    }

    private Path directory() {
        return Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    }

    private String listed(Mistakes found) {
        List<Mistake> all = found.sorted();
        String lines = all.stream()
                .map(mistake -> path + ":" + mistake.location() + ": " + mistake.message())
                .collect(Collectors.joining("\n"));
        String count = all.size() == 1 ? "1 mistake" : all.size() + " mistakes";
        return path + " has " + count + ":\n" + lines;
    }
}
