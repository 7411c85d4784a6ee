package io.deployflow.internal.config.bind;

import java.util.List;
import java.util.Optional;

/** What a value of the file may be; derived from a component's Java type. */
public sealed interface Shape {
    /** What may be written, in words that follow "must be". */
    String words();

    /** The same of several: {@code a list of ...}. */
    default String plural() {
        return words();
    }

    /**
     * One scalar.
     *
     * @param type its type
     */
    record Scalar(ScalarType type) implements Shape {
        @Override
        public String words() {
            return type.words();
        }
    }

    /**
     * A list.
     *
     * @param element what each item may be
     */
    record Listing(Shape element) implements Shape {
        @Override
        public String words() {
            return "a list of " + element.plural();
        }
    }

    /**
     * A map with keys of the user's own.
     *
     * @param value what each value may be
     */
    record Mapping(Shape value) implements Shape {
        @Override
        public String words() {
            return "a map of " + value.plural();
        }
    }

    /**
     * A map with the keys of a record.
     *
     * @param type the record
     * @param keys one for each component, in its order
     */
    record Section(Class<? extends Record> type, List<Key> keys) implements Shape {
        /** Copies the keys. */
        public Section {
            keys = List.copyOf(keys);
        }

        /** The keys' names. */
        public List<String> names() {
            return keys.stream().map(Key::name).toList();
        }

        /** The key whose value alone may stand for the map, if there is one. */
        public Optional<Key> shorthand() {
            return keys.stream().filter(Key::shorthand).findFirst();
        }

        @Override
        public String words() {
            return shorthand().map(key -> key.shape().words() + " or ").orElse("") + "a map";
        }

        @Override
        public String plural() {
            return shorthand().map(key -> key.shape().plural() + " or ").orElse("") + "maps";
        }
    }
}
