package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.spi.Importer.Imported;
import io.deployflow.spi.Importer.Leftover;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * A service that runs, in the words of a {@code deploy.yml}. What the file does not say is copied from the task
 * definition at each deploy, so it says what people change: the image, variables, secrets, command and size.
 *
 * @param cluster as it was named
 * @param service as ECS describes it
 * @param definition what it runs
 * @param container the container whose image is to change
 */
record TakenOver(String cluster, Service service, TaskDefinition definition, ContainerDefinition container) {
    private static final int REGION = 3;
    private static final String REPOSITORY = "[a-z0-9]+([._/-]+[a-z0-9]+)*";

    /**
     * Chooses the container: the one that the load balancer asks, or the first that the task cannot do without.
     *
     * @throws ConfigurationException if the task definition has none
     */
    static TakenOver of(String cluster, Service service, TaskDefinition definition) {
        List<String> asked = service.loadBalancers().stream()
                .map(LoadBalancer::containerName)
                .filter(Objects::nonNull)
                .toList();
        List<ContainerDefinition> all = definition.containerDefinitions();
        ContainerDefinition chosen = all.stream()
                .filter(one -> asked.contains(one.name()))
                .findFirst()
                .or(() -> all.stream()
                        .filter(one -> !Boolean.FALSE.equals(one.essential()))
                        .findFirst())
                .orElseThrow(() -> new ConfigurationException(
                        TaskDefinitions.id(definition) + " has no container", "Look at the task definition."));
        return new TakenOver(cluster, service, definition, chosen);
    }

    /** What its container runs. */
    ImageReference image() {
        return ImageReference.parse(container.image());
    }

    /**
     * Writes it.
     *
     * @param source the application's directory as the file is to name it
     * @param inEcr whether the image is in the account's ECR
     * @param hasDockerfile whether {@code Dockerfile} is there
     */
    Imported toFile(String source, boolean inEcr, boolean hasDockerfile) {
        List<Leftover> leftovers = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String name = service.serviceName().replaceAll("^[^A-Za-z0-9]+", "");
        text.append("""
                # Service %s of cluster %s, as it was with %s. What is not said here is copied from its task definition
                # at each deploy; what is said here wins. A first `deployflow plan %s` changes the image alone.
                application: %s
                source: %s
                targets:
                  %s:
                    type: ecs
                    region: %s
                    cluster: %s
                    service: %s
                """.formatted(
                        service.serviceName(),
                        TaskDefinitions.id(cluster),
                        TaskDefinitions.id(definition),
                        name,
                        quoted(name),
                        quoted(source),
                        name,
                        service.serviceArn().split(":", -1)[REGION],
                        quoted(cluster),
                        quoted(service.serviceName())));
        if (definition.containerDefinitions().size() > 1) {
            text.append("    container: ").append(quoted(container.name())).append('\n');
        }
        text.append(imageSection(inEcr, leftovers));
        text.append(map("environment", environment(leftovers)));
        text.append(map(
                "secrets", container.secrets().stream().collect(Collectors.toMap(Secret::name, Secret::valueFrom))));
        if (!container.command().isEmpty()) {
            text.append("    command: ")
                    .append(container.command().stream()
                            .map(TakenOver::quoted)
                            .collect(Collectors.joining(", ", "[", "]")))
                    .append('\n');
        }
        text.append(size());
        if (!hasDockerfile) {
            leftovers.add(new Leftover(
                    "image",
                    "how it is built: there is no Dockerfile in " + source,
                    "Name it with 'image.dockerfile', or say what the image consists of with 'build: layers'."));
        }
        return new Imported(text.toString(), leftovers);
    }

    private String imageSection(boolean inEcr, List<Leftover> leftovers) {
        ImageReference image = image();
        if (!image.path().matches(REPOSITORY) || (!inEcr && image.registry().isEmpty())) {
            leftovers.add(new Leftover(
                    "container " + container.name(),
                    "the registry of its image '" + container.image() + "'",
                    "Set 'image.registry' and 'image.repository' to where the application's image is pushed to."));
        }
        Optional<String> registry = inEcr ? Optional.empty() : image.registry();
        return "    image:\n      repository: " + quoted(image.path()) + "\n"
                + registry.map(host -> "      registry: " + quoted(host) + "\n").orElse("");
    }

    /** A password that somebody wrote into the task definition is not to stand in a file of the source as well. */
    private Map<String, String> environment(List<Leftover> leftovers) {
        Map<Boolean, List<KeyValuePair>> bySecrecy = container.environment().stream()
                .collect(Collectors.partitioningBy(
                        pair -> DefinitionChanges.mayHoldSecret(pair.name(), String.valueOf(pair.value()))));
        bySecrecy
                .getOrDefault(true, List.of())
                .forEach(pair -> leftovers.add(new Leftover(
                        "container " + container.name(),
                        "the variable " + pair.name() + ", which may hold a secret",
                        "It stays as it is in the task definition. Better put it into Secrets Manager or the Parameter"
                                + " Store, and name that under 'secrets'.")));
        return bySecrecy.getOrDefault(false, List.of()).stream()
                .collect(Collectors.toMap(KeyValuePair::name, pair -> pair.value() == null ? "" : pair.value()));
    }

    private String size() {
        List<String> parts = new ArrayList<>();
        Optional.ofNullable(definition.cpu()).filter(TakenOver::isNumber).ifPresent(cpu -> parts.add("cpu: " + cpu));
        Optional.ofNullable(definition.memory())
                .filter(TakenOver::isNumber)
                .ifPresent(memory -> parts.add("memory: " + memory));
        return parts.isEmpty() ? "" : "    task: { " + String.join(", ", parts) + " }\n";
    }

    private static boolean isNumber(String text) {
        return text.matches("[1-9][0-9]{0,8}");
    }

    private static String map(String key, Map<String, String> values) {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> "      " + quoted(entry.getKey()) + ": " + quoted(entry.getValue()) + "\n")
                        .collect(Collectors.joining("", "    " + key + ":\n", ""));
    }

    /** As YAML reads it, and so that the deploy file puts no variable of its own into it. */
    private static String quoted(String text) {
        if (text.matches("(~/|/|[A-Za-z])[A-Za-z0-9_./-]*") && !text.matches("(?i)true|false|null|yes|no|on|off")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.replace("${", "$${").chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append("\\x%02x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
