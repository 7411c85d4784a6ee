package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/** Whether the secrets are there that containers are given. No value is read. */
final class SecretChecks {
    private static final String NAME = "secret";

    private final AwsClients clients;

    SecretChecks(AwsClients clients) {
        this.clients = clients;
    }

    /** A check for each. */
    List<Check> run(TaskDefinition definition, String region) {
        return SecretReference.in(definition).stream()
                .map(secret -> check(secret, region))
                .toList();
    }

    private Check check(SecretReference secret, String region) {
        if (secret.region().filter(other -> !other.equals(region)).isPresent()) {
            return Check.unknown(
                    NAME,
                    secret.name(),
                    secret.from() + " is in another region, and only " + region + " is asked",
                    "Look there.");
        }
        return Checking.of(NAME, secret.name(), () -> secret.isSecret() ? lookAtSecret(secret) : lookAt(secret));
    }

    private String lookAtSecret(SecretReference secret) {
        DescribeSecretResponse there = AwsErrors.reading("secretsmanager:DescribeSecret", () -> {
            try {
                return clients.secrets().describeSecret(request -> request.secretId(secret.id()));
            } catch (ResourceNotFoundException e) {
                throw missing(secret, "secret " + secret.id(), e);
            }
        });
        if (there.deletedDate() != null) {
            throw new ConfigurationException(
                    "secret " + secret.id() + " is being deleted since " + there.deletedDate(),
                    "Restore it, or give the container another one.");
        }
        return there.name() + " is there";
    }

    private String lookAt(SecretReference secret) {
        ParameterStringFilter byName = ParameterStringFilter.builder()
                .key("Name")
                .option("Equals")
                .values(secret.id())
                .build();
        boolean isThere = AwsErrors.reading(
                "ssm:DescribeParameters",
                () -> !clients.parameters()
                        .describeParameters(request -> request.parameterFilters(byName))
                        .parameters()
                        .isEmpty());
        if (!isThere) {
            throw missing(secret, "parameter " + secret.id(), null);
        }
        return secret.id() + " is there";
    }

    private static ConfigurationException missing(SecretReference secret, String what, @Nullable Throwable cause) {
        return new ConfigurationException(
                "there is no " + what + ": no container that is given " + secret.name() + " would start",
                "Create it, or correct 'valueFrom' in the task definition.",
                null,
                cause);
    }
}
