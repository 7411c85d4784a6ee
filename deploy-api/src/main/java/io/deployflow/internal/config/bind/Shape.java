package io.deployflow.internal.config.bind;

import java.util.List;

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

        @Override
        public String words() {
            return "a map";
        }

        @Override
        public String plural() {
            return "maps";
        }
    }
}
