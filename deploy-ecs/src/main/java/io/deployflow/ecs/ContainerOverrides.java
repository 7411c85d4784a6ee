package io.deployflow.ecs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;

/** Puts what the deploy file says of a container into its definition. */
final class ContainerOverrides {
    private ContainerOverrides() {}

    /** The definition with these settings. A variable that becomes a secret, or the other way round, stands once. */
    static ContainerDefinition apply(ContainerSettings settings, ContainerDefinition container) {
        ContainerDefinition.Builder next = container.toBuilder();
        Map<String, String> variables = values(container.environment(), KeyValuePair::name, KeyValuePair::value);
        variables.keySet().removeAll(settings.unset());
        variables.keySet().removeAll(settings.secrets().keySet());
        variables.putAll(settings.environment());
        next.environment(variables.entrySet().stream()
                .map(variable -> KeyValuePair.builder()
                        .name(variable.getKey())
                        .value(variable.getValue())
                        .build())
                .toList());
        Map<String, String> secrets = values(container.secrets(), Secret::name, Secret::valueFrom);
        secrets.keySet().removeAll(settings.unset());
        secrets.keySet().removeAll(settings.environment().keySet());
        secrets.putAll(settings.secrets());
        next.secrets(secrets.entrySet().stream()
                .map(secret -> Secret.builder()
                        .name(secret.getKey())
                        .valueFrom(secret.getValue())
                        .build())
                .toList());
        if (!settings.command().isEmpty()) {
            next.command(settings.command());
        }
        settings.cpu().ifPresent(next::cpu);
        settings.memory().ifPresent(next::memory);
        settings.memoryReservation().ifPresent(next::memoryReservation);
        return next.build();
    }

    /** In their order; new ones come after them. */
    private static <T> Map<String, String> values(List<T> list, Function<T, String> name, Function<T, String> value) {
        return list.stream()
                .collect(Collectors.toMap(
                        name, item -> String.valueOf(value.apply(item)), (one, two) -> two, LinkedHashMap::new));
    }
}
