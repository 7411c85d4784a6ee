package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.Service;

/** Whether an image is for the processor that a service's tasks get. Pure. */
final class ProcessorCheck {
    private static final String INTEL = "X86_64";

    /** ECS's words for processors, and Docker's. */
    private static final Map<String, String> DOCKERS = Map.of(INTEL, "amd64", "ARM64", "arm64");

    private static final String FARGATE = "FARGATE";

    private ProcessorCheck() {}

    /**
     * The processor of a service's tasks, in ECS's words. Empty where it is not known: a host of one's own has the one
     * that it has, where the task definition says nothing.
     *
     * @param next what its tasks will be
     */
    static Optional<String> wanted(Service service, RegisterTaskDefinitionRequest next) {
        return Optional.ofNullable(next.runtimePlatform())
                .map(RuntimePlatform::cpuArchitectureAsString)
                .or(() -> isFargate(service, next) ? Optional.of(INTEL) : Optional.empty())
                .filter(DOCKERS::containsKey);
    }

    private static boolean isFargate(Service service, RegisterTaskDefinitionRequest next) {
        if (service.hasCapacityProviderStrategy()
                && !service.capacityProviderStrategy().isEmpty()) {
            return service.capacityProviderStrategy().stream()
                    .allMatch(item -> String.valueOf(item.capacityProvider()).startsWith(FARGATE));
        }
        return service.launchType() == null
                ? next.requiresCompatibilities().equals(List.of(Compatibility.FARGATE))
                : service.launchType() == LaunchType.FARGATE;
    }

    /**
     * Checks.
     *
     * @param there the processors that the image is for, in Docker's words
     * @throws ConfigurationException if the wanted one is none of them
     */
    static void check(
            LiveService one,
            RegisterTaskDefinitionRequest next,
            String image,
            Set<String> there,
            ImageSettings settings) {
        wanted(one.service(), next)
                .filter(wanted -> !there.contains(DOCKERS.get(wanted)))
                .ifPresent(wanted -> {
                    throw new ConfigurationException(
                            "image " + image + " is for " + String.join(", ", there) + ", and the tasks of service "
                                    + one.name() + " run on " + wanted + ": " + why(next)
                                    + "; nothing live was changed",
                            remedy("linux/" + DOCKERS.get(wanted), settings));
                });
    }

    private static String why(RegisterTaskDefinitionRequest next) {
        return Optional.ofNullable(next.runtimePlatform())
                .map(RuntimePlatform::cpuArchitectureAsString)
                .map(said -> "'runtimePlatform.cpuArchitecture' of task definition " + next.family() + " says so")
                .orElse("Fargate's own where 'runtimePlatform' of task definition " + next.family() + " names none");
    }

    private static String remedy(String platform, ImageSettings settings) {
        String build = settings.layers().isPresent()
                ? "Build for it too, with 'image.layers.platforms: [" + platform + "]'"
                : "Build for it, with 'image.platform: " + platform
                        + "', or elsewhere with 'docker buildx build --platform " + platform + "'";
        return build + "; or set 'runtimePlatform' of the task definition to what the image is for.";
    }
}
