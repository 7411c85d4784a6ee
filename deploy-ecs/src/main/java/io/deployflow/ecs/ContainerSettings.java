package io.deployflow.ecs;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be in one container; whatever is not named stays as it is.
 *
 * @param environment its variables
 * @param secrets by variable, what ECS reads the value from
 * @param unset variables that it is not to have
 * @param command its command
 * @param cpu its CPU units
 * @param memory MiB of memory at which it is killed
 * @param memoryReservation MiB of memory that are kept for it
 */
public record ContainerSettings(
        @Setting("Environment variables; others stay as they are")
        Map<String, String> environment,

        @Setting("Secrets: by variable, the ARN or the parameter's name that ECS reads the value from")
        Map<String, String> secrets,

        @Setting("Variables and secrets that it is not to have")
        List<String> unset,

        @Setting("Its command, one word an item") List<String> command,
        @Setting("CPU units: 1024 are one vCPU") Optional<Integer> cpu,

        @Setting("MiB of memory at which it is killed") Optional<Integer> memory,

        @Setting("MiB of memory that are kept for it") Optional<Integer> memoryReservation) {
    private static final String REFERENCE = "arn:[a-z-]+:(secretsmanager|ssm):.+|[A-Za-z0-9_./-]+";

    /** Checks the parts and copies the collections. */
    public ContainerSettings {
        environment = ordered(environment);
        secrets = checked(environment, secrets);
        unset = List.copyOf(unset);
        command = List.copyOf(command);
        requirePositive("cpu", cpu);
        requirePositive("memory", memory);
        requirePositive("memory_reservation", memoryReservation);
    }

    static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** The message must not show the value: somebody may have written the secret itself. */
    static Map<String, String> checked(Map<String, String> environment, Map<String, String> secrets) {
        secrets.forEach((name, from) -> {
            if (!from.matches(REFERENCE)) {
                throw new InvalidSettingException(
                        "secrets",
                        "'" + name + "' must name where the value is: the ARN of a secret or parameter, or a"
                                + " parameter's name");
            }
            if (environment.containsKey(name)) {
                throw new InvalidSettingException("secrets", "'" + name + "' stands in 'environment' too");
            }
        });
        return ordered(secrets);
    }

    static void requirePositive(String key, Optional<Integer> value) {
        if (value.isPresent() && value.get() <= 0) {
            throw new InvalidSettingException(key, "must be more than 0");
        }
    }
}
