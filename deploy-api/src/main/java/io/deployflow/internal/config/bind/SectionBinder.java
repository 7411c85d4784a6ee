package io.deployflow.internal.config.bind;

import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.spi.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes records of maps. */
final class SectionBinder {
    private final Binder values;
    private final Mistakes mistakes;

    SectionBinder(Binder values, Mistakes mistakes) {
        this.values = values;
        this.mistakes = mistakes;
    }

    Optional<Record> bind(Shape.Section section, MapNode map, Subject subject) {
        List<Object> components = new ArrayList<>();
        for (Key key : section.keys()) {
            component(key, map, subject).ifPresent(components::add);
        }
        return components.size() == section.keys().size() ? make(section, components, map, subject) : Optional.empty();
    }

    private Optional<Object> component(Key key, MapNode map, Subject subject) {
        Optional<MapNode.Entry> entry = map.entry(key.name());
        if (entry.isPresent()) {
            return values.value(key.shape(), entry.get().value(), Subject.of(entry.get()))
                    .map(value -> wrap(key, value));
        }
        if (key.required()) {
            mistakes.add(subject.location(), "missing key '" + key.name() + "' in " + subject.name());
            return Optional.empty();
        }
        return Optional.of(missing(key));
    }

    private static Object missing(Key key) {
        if (key.defaultValue().isPresent()) {
            return wrap(key, Defaults.value(key, key.defaultValue().get()));
        }
        if (key.optional()) {
            return Optional.empty();
        }
        return key.shape() instanceof Shape.Listing ? List.of() : Map.of();
    }

    private static Object wrap(Key key, Object value) {
        return key.optional() ? Optional.of(value) : value;
    }

    private Optional<Record> make(Shape.Section section, List<Object> components, MapNode map, Subject subject) {
        try {
            return Optional.of(RecordMaker.make(section.type(), components));
        } catch (InvalidSettingException e) {
            addMistake(e, map, subject);
        } catch (IllegalArgumentException e) {
            mistakes.add(subject.location(), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private void addMistake(InvalidSettingException wrong, MapNode map, Subject subject) {
        Location location =
                map.entry(wrong.key()).map(entry -> entry.value().location()).orElse(subject.location());
        String name = wrong.key().isEmpty() ? subject.name() : "'" + wrong.key() + "'";
        mistakes.add(location, name + " " + wrong.getMessage());
    }
}
