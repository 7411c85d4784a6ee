package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;

/** Puts what the deploy file says of a container into its definition. */
final class ContainerOverrides {
    private ContainerOverrides() {}

    /** The definition with these settings. A variable that becomes a secret, or the other way round, stands once. */
    static ContainerDefinition apply(ContainerSettings settings, ContainerDefinition container) {
        ContainerDefinition.Builder next = container.toBuilder();
        List<KeyValuePair> variables = merged(
                container.environment(),
                KeyValuePair::name,
                union(settings.unset(), settings.secrets().keySet()),
                settings.environment(),
                (name, value) -> KeyValuePair.builder().name(name).value(value).build());
        if (!variables.equals(container.environment())) {
            next.environment(variables);
        }
        List<Secret> secrets = merged(
                container.secrets(),
                Secret::name,
                union(settings.unset(), settings.environment().keySet()),
                settings.secrets(),
                (name, from) -> Secret.builder().name(name).valueFrom(from).build());
        if (!secrets.equals(container.secrets())) {
            next.secrets(secrets);
        }
        if (!settings.command().isEmpty()) {
            next.command(settings.command());
        }
        settings.cpu().ifPresent(next::cpu);
        settings.memory().ifPresent(next::memory);
        settings.memoryReservation().ifPresent(next::memoryReservation);
        return next.build();
    }

    private static Set<String> union(Collection<String> some, Collection<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /**
     * What is not named stays as it is; what is set takes the place of what was there, and new ones come at the end.
     */
    private static <T> List<T> merged(
            List<T> there,
            Function<T, String> name,
            Set<String> gone,
            Map<String, String> set,
            BiFunction<String, String, T> make) {
        Map<String, String> left = new LinkedHashMap<>(set);
        List<T> next = new ArrayList<>();
        for (T item : there) {
            String key = name.apply(item);
            if (set.containsKey(key)) {
                Optional.ofNullable(left.remove(key)).ifPresent(value -> next.add(make.apply(key, value)));
            } else if (!gone.contains(key)) {
                next.add(item);
            }
        }
        left.forEach((key, value) -> next.add(make.apply(key, value)));
        return next;
    }
}
