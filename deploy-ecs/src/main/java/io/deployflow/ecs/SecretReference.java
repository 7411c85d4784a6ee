package io.deployflow.ecs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.RepositoryCredentials;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * A secret that a container is given when its task starts.
 *
 * @param name what it is called in the container
 * @param from where it comes from: an ARN, or the name of a parameter
 */
record SecretReference(String name, String from) {
    /** {@code arn:aws:secretsmanager:region:account:secret:name}, before key, stage and version. */
    private static final int SECRET_PARTS = 7;

    private static final int REGION = 3;

    /** All that a task definition names: of variables, of log drivers and for pulling images. */
    static List<SecretReference> in(TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .flatMap(SecretReference::in)
                .distinct()
                .toList();
    }

    private static Stream<SecretReference> in(ContainerDefinition container) {
        Stream<Secret> ofLogs = Optional.ofNullable(container.logConfiguration()).stream()
                .map(LogConfiguration::secretOptions)
                .flatMap(List::stream);
        Stream<SecretReference> given = Stream.concat(container.secrets().stream(), ofLogs)
                .map(secret -> new SecretReference(secret.name(), secret.valueFrom()));
        Stream<SecretReference> pulling = Optional.ofNullable(container.repositoryCredentials()).stream()
                .map(RepositoryCredentials::credentialsParameter)
                .filter(Objects::nonNull)
                .map(arn -> new SecretReference("the registry of " + container.name(), arn));
        return Stream.concat(given, pulling);
    }

    /** Whether it is one of the Secrets Manager; anything else is a parameter of the Systems Manager. */
    boolean isSecret() {
        return from.contains(":secretsmanager:");
    }

    /** ARN of the secret without what follows it: key, stage and version; or the parameter's name. */
    String id() {
        if (isSecret()) {
            String[] parts = from.split(":", -1);
            return String.join(":", List.of(parts).subList(0, Math.min(SECRET_PARTS, parts.length)));
        }
        return from.startsWith("arn:") ? parameterName() : from;
    }

    /**
     * What its ARN matches. The whole ARN ends with six characters that AWS chose; a reference may leave them out, and
     * whether it does cannot be seen where a name ends like that by itself.
     */
    Stream<String> patterns() {
        return id().matches(".*-(?=[A-Za-z]*[0-9A-Z])[A-Za-z0-9]{6}")
                ? Stream.of(id())
                : Stream.of(id(), id() + "-??????");
    }

    /** {@code parameter/shop/key} is {@code /shop/key}, and {@code parameter/key} is {@code key}. */
    private String parameterName() {
        String path = from.substring(from.indexOf(":parameter/") + ":parameter/".length());
        return path.contains("/") ? "/" + path : path;
    }

    /** The region that its ARN names. */
    Optional<String> region() {
        return from.startsWith("arn:") ? Optional.of(from.split(":", -1)[REGION]) : Optional.empty();
    }

    /** ARN of what the execution role must be allowed to read. */
    String arn(String prefix) {
        if (isSecret()) {
            return id();
        }
        return from.startsWith("arn:") ? from : prefix.formatted("ssm") + "parameter/" + from.replaceFirst("^/", "");
    }
}
