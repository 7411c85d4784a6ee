package io.deployflow.ssh.capistrano;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been set so far while a stage is read. */
final class Scope {
    private static final int DEEPEST = 20;

    /**
     * Something set.
     *
     * @param value the value; nothing where it is computed when it is asked for
     * @param later the expression that computes it
     * @param place where it was set
     */
    record Entry(@Nullable Value value, List<Token> later, String place) {}

    private final Map<String, Entry> settings = new LinkedHashMap<>();
    private final Map<String, Value> locals = new HashMap<>();
    private final Set<String> fetched = new HashSet<>();
    private final Set<String> lostDefaults = new LinkedHashSet<>();
    private int depth;

    /** Sets a value. */
    void set(String key, Value value, String place) {
        settings.remove(key);
        settings.put(key, new Entry(value, List.of(), place));
    }

    /** Sets what is computed when it is asked for. */
    void setLater(String key, List<Token> expression, String place) {
        settings.remove(key);
        settings.put(key, new Entry(null, expression, place));
    }

    /** Sets a variable of the file. */
    void local(String name, Value value) {
        locals.put(name, value);
    }

    /** The value of a variable of the file. */
    @Nullable
    Value local(String name) {
        return locals.get(name);
    }

    /** What something is set to; nothing if it is not. */
    @Nullable
    Value get(String key) {
        Entry entry = settings.get(key);
        if (entry == null || entry.value() != null) {
            return entry == null ? null : entry.value();
        }
        if (depth >= DEEPEST) {
            return new Value.Unknown("'" + key + "' is made of itself");
        }
        depth++;
        try {
            return Expression.value(entry.later(), this);
        } finally {
            depth--;
        }
    }

    /** The same for an expression that uses it. */
    @Nullable
    Value fetch(String key) {
        fetched.add(key);
        return get(key);
    }

    /** Remembers that a variable of the environment had a value for the case that it is not set. */
    void loseDefault(String variable) {
        lostDefaults.add(variable);
    }

    /** Variables whose default was lost since the last call, as deploy.yml writes them. */
    List<String> takeLostDefaults() {
        List<String> taken = List.copyOf(lostDefaults);
        lostDefaults.clear();
        return taken;
    }

    /** Whether an expression used it. */
    boolean isFetched(String key) {
        return fetched.contains(key);
    }

    /** Where something was set; empty if it was not. */
    String place(String key) {
        Entry entry = settings.get(key);
        return entry == null ? "" : entry.place();
    }

    /** Everything that was set, by name, in the order of the files. */
    Map<String, Entry> all() {
        return settings;
    }
}
