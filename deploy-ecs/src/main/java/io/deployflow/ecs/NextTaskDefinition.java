package io.deployflow.ecs;

import io.deployflow.Revision;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Makes the next revision of a service's task definition: its own file, or a copy of what the service has, with the
 * image and what the deploy file says of containers. The plan and the push both ask here, so that what is shown is what
 * is registered.
 */
final class NextTaskDefinition {
    private final EcsSettings settings;

    NextTaskDefinition(EcsSettings settings) {
        this.settings = settings;
    }

    /**
     * What will be registered, without the release's own tags.
     *
     * @param one the service that it is for
     * @param image the new image of the container that is deployed
     * @throws io.deployflow.ConfigurationException if the settings name a container that is not there, or the task
     *     definition's file has a mistake
     */
    RegisterTaskDefinitionRequest make(LiveService one, String image, DeployContext context) {
        EcsGateway.Described live = one.live();
        RegisterTaskDefinitionRequest base = settings.taskDefinition()
                .map(file -> fromFile(file.toString(), live, image, context))
                .orElseGet(() -> TaskDefinitions.asRequest(live.definition(), live.tags()));
        String whole = settings.taskDefinition()
                .map(file -> file.toString())
                .orElseGet(() -> "task definition " + TaskDefinitions.id(live.definition()));
        return make(base, whole, one.member().container(), image);
    }

    /** The same as it will be described; called by what it is made of, as it has no number yet. */
    TaskDefinition described(LiveService one, String image, DeployContext context) {
        RegisterTaskDefinitionRequest next = make(one, image, context);
        Map<String, SdkField<?>> fields =
                next.sdkFields().stream().collect(Collectors.toMap(SdkField::memberName, Function.identity()));
        TaskDefinition.Builder described = TaskDefinition.builder()
                .taskDefinitionArn(one.live().definition().taskDefinitionArn());
        for (SdkField<?> field : described.sdkFields()) {
            SdkField<?> source = fields.get(field.memberName());
            if (source != null) {
                field.set(described, source.getValueOrDefault(next));
            }
        }
        return described.build();
    }

    private RegisterTaskDefinitionRequest make(
            RegisterTaskDefinitionRequest base, String whole, Optional<String> chosen, String image) {
        List<ContainerDefinition> containers = base.containerDefinitions();
        String deployed = TaskDefinitions.container(whole, containers, chosen).name();
        Optional<String> unknown = settings.containers().keySet().stream()
                .filter(name ->
                        containers.stream().noneMatch(there -> there.name().equals(name)))
                .findFirst();
        if (unknown.isPresent()) {
            throw TaskDefinitions.noContainer(whole, containers, unknown.get(), "containers");
        }
        RegisterTaskDefinitionRequest.Builder next = base.toBuilder();
        settings.task().flatMap(EcsSettings.TaskSize::cpu).map(String::valueOf).ifPresent(next::cpu);
        settings.task()
                .flatMap(EcsSettings.TaskSize::memory)
                .map(String::valueOf)
                .ifPresent(next::memory);
        return next.containerDefinitions(containers.stream()
                        .map(container -> container.name().equals(deployed)
                                ? ContainerOverrides.apply(
                                        settings.own(),
                                        container.toBuilder().image(image).build())
                                : container)
                        .map(this::withSettings)
                        .toList())
                .build();
    }

    private ContainerDefinition withSettings(ContainerDefinition container) {
        return Optional.ofNullable(settings.containers().get(container.name()))
                .map(there -> ContainerOverrides.apply(there, container))
                .orElse(container);
    }

    private static RegisterTaskDefinitionRequest fromFile(
            String file, EcsGateway.Described live, String image, DeployContext context) {
        Revision revision = context.source().revision();
        RegisterTaskDefinitionRequest read = TaskDefinitionFile.read(
                context.source().directory().resolve(file),
                file,
                new Placeholders(Map.of("image", image, "revision", revision.id()), System::getenv));
        return read.family() == null
                ? read.toBuilder().family(live.definition().family()).build()
                : read;
    }
}
