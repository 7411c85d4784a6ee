package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** Asks between which numbers Application Auto Scaling keeps a service's tasks. */
final class Autoscaling {
    private final AwsClients clients;
    private final EcsSettings settings;

    Autoscaling(AwsClients clients, EcsSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /** Warns where a number of tasks would not stay. Who may not ask is told so, and not kept from scaling. */
    void warnIfItWouldUndo(String service, int count, DeployContext context) {
        try {
            find(service).ifPresent(bounds -> warn(bounds, count, context));
        } catch (DeployException e) {
            context.warn("whether autoscaling would undo it is not known: " + e.getMessage());
        }
    }

    private static void warn(ScalableTarget bounds, int count, DeployContext context) {
        int least = ServiceView.count(bounds.minCapacity());
        int most = ServiceView.count(bounds.maxCapacity());
        String keeps = "autoscaling keeps this service between " + least + " and " + most + " tasks";
        if (count < least || count > most) {
            context.warn(keeps + ": it will make " + (count < least ? least : most) + " of " + count
                    + " again. Change its " + (count < least ? "minimum" : "maximum") + " instead.");
        } else {
            context.warn(keeps + ", and may change the number at any time.");
        }
    }

    private Optional<ScalableTarget> find(String service) {
        String resource = "service/" + TaskDefinitions.id(settings.cluster()) + "/" + TaskDefinitions.id(service);
        return AwsErrors.reading(
                        "application-autoscaling:DescribeScalableTargets",
                        () -> clients.autoscaling()
                                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS)
                                        .resourceIds(resource)
                                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)))
                .scalableTargets()
                .stream()
                .findFirst();
    }
}
