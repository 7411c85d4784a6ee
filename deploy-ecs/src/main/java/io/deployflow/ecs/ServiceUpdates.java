package io.deployflow.ecs;

import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The one request that a rollout sends to a service. */
final class ServiceUpdates {
    private ServiceUpdates() {}

    /** Sets the task definition and nothing else: how many tasks there are is autoscaling's business. */
    static UpdateServiceRequest to(EcsSettings settings, String service, String taskDefinition) {
        return UpdateServiceRequest.builder()
                .cluster(settings.cluster())
                .service(service)
                .taskDefinition(taskDefinition)
                .build();
    }

    /** For a service that has this task definition already, and gave its deployment up. */
    static UpdateServiceRequest again(EcsSettings settings, String service, String taskDefinition) {
        return to(settings, service, taskDefinition).toBuilder()
                .forceNewDeployment(true)
                .build();
    }

    /** A request as a person reads it: {@code ecs:UpdateService cluster=app service=puma taskDefinition=puma:18}. */
    static String text(String call, SdkPojo request) {
        return call
                + request.sdkFields().stream()
                        .flatMap(field -> Optional.ofNullable(field.getValueOrDefault(request))
                                .filter(value -> value instanceof String || value instanceof Boolean)
                                .map(value -> " " + field.locationName() + "=" + value)
                                .stream())
                        .collect(Collectors.joining());
    }
}
