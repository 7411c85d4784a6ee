package io.deployflow.internal.config.bind;

import io.deployflow.internal.config.text.Interpolation;
import io.deployflow.internal.config.text.Suggestions;
import io.deployflow.internal.config.yaml.ListNode;
import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.internal.config.yaml.Node;
import io.deployflow.internal.config.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes values of nodes. What does not bind is told to the mistakes, and the rest is bound all the same. */
public final class Binder {
    private final Interpolation interpolation;
    private final Mistakes mistakes;
    private final SectionBinder sections;

    /**
     * Binds one file.
     *
     * @param interpolation replaces the variables in every scalar
     * @param mistakes is told of what is wrong
     */
    public Binder(Interpolation interpolation, Mistakes mistakes) {
        this.interpolation = interpolation;
        this.mistakes = mistakes;
        this.sections = new SectionBinder(this, mistakes);
    }

    /**
     * Reports the keys that a section does not have.
     *
     * @param known the keys that it has
     */
    public void checkKeys(MapNode map, Suggestions known) {
        map.entries().stream()
                .filter(entry -> !known.known().contains(entry.key()))
                .forEach(entry -> mistakes.add(entry.location(), unknownKey(entry.key(), known)));
    }

    /**
     * Makes a section's record, without regard for keys that it does not have.
     *
     * @return empty if there is a mistake in it
     */
    public <S extends Record> Optional<S> section(Class<S> type, MapNode map, Subject subject) {
        return sections.bind(Shapes.of(type), map, subject).map(type::cast);
    }

    /**
     * The text of a key.
     *
     * @return empty if there is a mistake in it
     */
    public Optional<String> text(MapNode.Entry entry) {
        return value(new Shape.Scalar(PlainType.TEXT), entry.value(), Subject.of(entry))
                .map(String.class::cast);
    }

    /**
     * The map of a key.
     *
     * @return empty if it is something else
     */
    public Optional<MapNode> map(MapNode.Entry entry) {
        if (entry.value() instanceof MapNode map) {
            return Optional.of(map);
        }
        boolean nothing = entry.value() instanceof ScalarNode scalar && scalar.isEmpty();
        mistakes.add(
                nothing ? entry.location() : entry.value().location(),
                "'" + entry.key() + "'"
                        + (nothing
                                ? " has no value"
                                : " must be a map, is " + entry.value().words()));
        return Optional.empty();
    }

    /**
     * Makes a value.
     *
     * @return empty if there is a mistake in it
     */
    Optional<Object> value(Shape shape, Node node, Subject subject) {
        if (node instanceof ScalarNode scalar && scalar.isEmpty()) {
            return mistake(subject.location(), subject.name() + " has no value");
        }
        if (shape instanceof Shape.Scalar wanted && node instanceof ScalarNode scalar) {
            return scalar(wanted.type(), scalar, subject);
        }
        if (shape instanceof Shape.Listing wanted && node instanceof ListNode list) {
            return list(wanted.element(), list, subject);
        }
        if (shape instanceof Shape.Mapping wanted && node instanceof MapNode map) {
            return map(wanted.value(), map);
        }
        if (shape instanceof Shape.Section wanted && node instanceof MapNode map) {
            checkKeys(map, new Suggestions(wanted.names()));
            return sections.bind(wanted, map, subject).map(Object.class::cast);
        }
        if (shape instanceof Shape.Section wanted
                && node instanceof ScalarNode
                && wanted.shorthand().isPresent()) {
            return sections.bind(wanted, written(wanted.shorthand().get(), node), subject)
                    .map(Object.class::cast);
        }
        return mistake(node.location(), subject.name() + " must be " + shape.words() + ", is " + node.words());
    }

    /** The map that a value alone stands for. */
    private static MapNode written(Key key, Node value) {
        return new MapNode(value.location(), List.of(new MapNode.Entry(value.location(), key.name(), value)));
    }

    private Optional<Object> scalar(ScalarType type, ScalarNode node, Subject subject) {
        Interpolation.Result text = interpolation.apply(node.text());
        text.problems().forEach(problem -> mistakes.add(node.location(), problem));
        if (!text.problems().isEmpty()) {
            return Optional.empty();
        }
        Optional<?> value = type.parse(text.text());
        if (value.isPresent()) {
            return Optional.of(value.get());
        }
        // Shows what stands in the file, not what a variable holds: that may be a secret.
        String problem = " must be " + type.words() + ", is '" + node.text() + "'" + type.hint(text.text());
        return mistake(node.location(), subject.name() + problem);
    }

    private Optional<Object> list(Shape element, ListNode list, Subject subject) {
        List<Object> values = new ArrayList<>();
        int number = 0;
        for (Node item : list.items()) {
            number++;
            Subject itsSubject = new Subject("item " + number + " of " + subject.name(), item.location());
            value(element, item, itsSubject).ifPresent(values::add);
        }
        return values.size() == number ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private Optional<Object> map(Shape element, MapNode map) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            value(element, entry.value(), Subject.of(entry)).ifPresent(value -> values.put(entry.key(), value));
        }
        return values.size() == map.entries().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }

    private Optional<Object> mistake(Location location, String message) {
        mistakes.add(location, message);
        return Optional.empty();
    }

    private static String unknownKey(String key, Suggestions known) {
        String hint = known.didYouMean(key);
        return "unknown key '" + key + "'" + (hint.isEmpty() ? "; the keys here are " + known.list() : hint);
    }
}
