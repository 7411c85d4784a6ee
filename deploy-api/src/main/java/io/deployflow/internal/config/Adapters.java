package io.deployflow.internal.config;

import io.deployflow.ConfigurationException;
import io.deployflow.internal.config.text.Suggestions;
import io.deployflow.spi.DeployAdapter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The adapters that there are, by their types. */
public final class Adapters {
    private final SortedMap<String, DeployAdapter<?>> byType = new TreeMap<>();

    /**
     * Those of a collection.
     *
     * @throws ConfigurationException if two are of one type
     */
    public Adapters(Collection<? extends DeployAdapter<?>> adapters) {
        adapters.forEach(this::add);
    }

    /**
     * Those on the class path.
     *
     * @throws ConfigurationException if one cannot be loaded, or two are of one type
     */
    public static Adapters onClassPath() {
        List<DeployAdapter<?>> adapters = new ArrayList<>();
        try {
            for (DeployAdapter<?> adapter : ServiceLoader.load(DeployAdapter.class)) {
                adapters.add(adapter);
            }
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException(
                    "an adapter cannot be loaded: " + e.getMessage(), "check the jars on the class path", null, e);
        }
        return new Adapters(adapters);
    }

    /** The adapter of a type. */
    public Optional<DeployAdapter<?>> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** All of them, sorted by type. */
    public Collection<DeployAdapter<?>> all() {
        return byType.values();
    }

    /** Their types. */
    public Suggestions types() {
        return Suggestions.among(byType.keySet());
    }

    private void add(DeployAdapter<?> adapter) {
        @Nullable DeployAdapter<?> other = byType.putIfAbsent(adapter.type(), adapter);
        if (other != null) {
            throw new ConfigurationException(
                    "there are two adapters for type '" + adapter.type() + "': "
                            + other.getClass().getName() + " and "
                            + adapter.getClass().getName(),
                    "leave one of them out of the class path");
        }
    }
}
