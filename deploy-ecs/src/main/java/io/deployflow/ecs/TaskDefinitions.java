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
        return container("task definition " + id(definition), definition.containerDefinitions(), name);
    }

    /**
     * The same of a task definition that is not registered yet.
     *
     * @param whole how to name it
     */
    static ContainerDefinition container(String whole, List<ContainerDefinition> containers, Optional<String> name) {
        if (name.isEmpty() && containers.size() == 1) {
            return containers.get(0);
        }
        String wanted = name.orElseThrow(() -> new ConfigurationException(
                whole + " has " + containers.size() + " containers: " + names(containers),
                "Say with 'container' whose image is to change."));
        return containers.stream()
                .filter(container -> container.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> noContainer(whole, containers, wanted, "container"));
    }

    /**
     * Says that a container is not there.
     *
     * @param key the setting that names it
     */
    static ConfigurationException noContainer(
            String whole, List<ContainerDefinition> containers, String wanted, String key) {
        return new ConfigurationException(
                whole + " has no container '" + wanted + "'; it has: " + names(containers),
                Nearest.to(wanted, containers, ContainerDefinition::name)
                        .map(near -> "Did you mean '" + key + ": " + near + "'?")
                        .orElse("Set '" + key + "' to one of these."));
    }

    private static String names(List<ContainerDefinition> containers) {
        return containers.stream().map(ContainerDefinition::name).collect(Collectors.joining(", "));
    }

    /**
     * The request that would register a task definition again: everything that can be registered, and the tags that the
     * team has set.
     *
     * @param tags the described task definition's own tags
     */
    static RegisterTaskDefinitionRequest asRequest(TaskDefinition definition, List<Tag> tags) {
        return copy(definition).toBuilder()
                .tags(tags.stream().filter(TaskDefinitions::isOfTheTeam).toList())
                .build();
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

    /** Family of an ARN. */
    static String family(String arn) {
        String id = id(arn);
        return id.substring(0, id.lastIndexOf(':'));
    }

    /**
     * The release that the leading service's task definition stands for.
     *
     * @param members the services that are deployed together
     */
    static EcsRelease release(TaskDefinition leading, List<Tag> tags, List<EcsSettings.Member> members) {
        Optional<ReleaseTags> known = ReleaseTags.read(tags);
        return new EcsRelease(
                parts(leading.taskDefinitionArn(), Companions.read(tags), members),
                known.map(ReleaseTags::revision).orElse("unknown"),
                known.map(ReleaseTags::at)
                        .or(() -> Optional.ofNullable(leading.registeredAt()))
                        .orElse(Instant.EPOCH),
                known.map(ReleaseTags::by).orElse("unknown"),
                ReleaseTags.stateOf(tags).orElse(Release.State.STAGED));
    }

    /** One made before a service was of the target has no part for it. */
    private static List<EcsRelease.Part> parts(
            String leading, Companions companions, List<EcsSettings.Member> members) {
        EcsRelease.Part lead = new EcsRelease.Part(members.get(0).service(), leading, Optional.empty());
        Stream<EcsRelease.Part> others = members.stream()
                .skip(1)
                .map(EcsSettings.Member::service)
                .flatMap(service -> companions.arn(service, leading).stream()
                        .map(arn -> new EcsRelease.Part(service, arn, Optional.empty())));
        return Stream.concat(Stream.of(lead), others).toList();
    }
}
