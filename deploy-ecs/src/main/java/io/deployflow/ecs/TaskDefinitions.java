package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** From a task definition as it is described to the next revision of it, and to a release. */
final class TaskDefinitions {
    private static final String RESERVED = "aws:";

    private TaskDefinitions() {}

    /**
     * The container whose image is deployed.
     *
     * @param name its name, if the settings give one
     * @throws ConfigurationException if there is no such container, or several and no name
     */
    static ContainerDefinition container(TaskDefinition definition, Optional<String> name) {
        List<ContainerDefinition> containers = definition.containerDefinitions();
        if (name.isEmpty() && containers.size() == 1) {
            return containers.get(0);
        }
        String there = containers.stream().map(ContainerDefinition::name).collect(Collectors.joining(", "));
        String wanted = name.orElseThrow(() -> new ConfigurationException(
                "task definition " + id(definition) + " has " + containers.size() + " containers: " + there,
                "Say with 'container' whose image is to change."));
        return containers.stream()
                .filter(container -> container.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "task definition " + id(definition) + " has no container '" + wanted + "'; it has: " + there,
                        Nearest.to(wanted, containers, ContainerDefinition::name)
                                .map(near -> "Did you mean 'container: " + near + "'?")
                                .orElse("Set 'container' to one of these.")));
    }

    /**
     * The request that registers the next revision: a copy of everything that can be registered, with another image for
     * one container and the release's tags in place of those of the release before.
     *
     * @param tags the described task definition's own tags
     */
    static RegisterTaskDefinitionRequest withImage(
            TaskDefinition definition, List<Tag> tags, ContainerDefinition chosen, String image, ReleaseTags release) {
        RegisterTaskDefinitionRequest.Builder copy = copy(definition).toBuilder();
        copy.containerDefinitions(definition.containerDefinitions().stream()
                .map(container -> container.name().equals(chosen.name())
                        ? container.toBuilder().image(image).build()
                        : container)
                .toList());
        copy.tags(Stream.concat(tags.stream().filter(TaskDefinitions::isOfTheTeam), release.toTags().stream())
                .toList());
        return copy.build();
    }

    /**
     * Every field that both have, found by name, so that a field which a later SDK knows is copied without a change
     * here. What is left out are the fields that ECS computes: they are no part of the request.
     */
    private static RegisterTaskDefinitionRequest copy(TaskDefinition definition) {
        Map<String, SdkField<?>> described =
                definition.sdkFields().stream().collect(Collectors.toMap(SdkField::memberName, Function.identity()));
        RegisterTaskDefinitionRequest.Builder copy = RegisterTaskDefinitionRequest.builder();
        for (SdkField<?> field : copy.sdkFields()) {
            SdkField<?> source = described.get(field.memberName());
            if (source != null) {
                field.set(copy, source.getValueOrDefault(definition));
            }
        }
        return copy.build();
    }

    /** Tags under {@code aws:} cannot be set by anybody, and ours are set anew. */
    private static boolean isOfTheTeam(Tag tag) {
        return !tag.key().startsWith(RESERVED) && !tag.key().startsWith(ReleaseTags.PREFIX);
    }

    /** Family and number: {@code puma:17}. */
    static String id(TaskDefinition definition) {
        return id(definition.taskDefinitionArn());
    }

    /** Family and number of an ARN. */
    static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /**
     * The release that a task definition is.
     *
     * @param container the container that is deployed, if the settings name one
     */
    static EcsRelease release(TaskDefinition definition, List<Tag> tags, Optional<String> container) {
        Optional<ReleaseTags> known = ReleaseTags.read(tags);
        return new EcsRelease(
                id(definition),
                definition.taskDefinitionArn(),
                imageOf(definition, container),
                known.map(ReleaseTags::revision).orElse("unknown"),
                known.map(ReleaseTags::at)
                        .or(() -> Optional.ofNullable(definition.registeredAt()))
                        .orElse(Instant.EPOCH),
                known.map(ReleaseTags::by).orElse("unknown"),
                ReleaseTags.stateOf(tags).orElse(Release.State.STAGED),
                Optional.empty());
    }

    /** Empty where an old revision did not have the container yet. */
    private static String imageOf(TaskDefinition definition, Optional<String> container) {
        return definition.containerDefinitions().stream()
                .filter(one -> container.isEmpty() || one.name().equals(container.get()))
                .map(ContainerDefinition::image)
                .findFirst()
                .orElse("");
    }
}
