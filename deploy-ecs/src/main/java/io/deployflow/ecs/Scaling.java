package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.OperationReport;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Changes how many tasks a service has, and waits until they serve. */
final class Scaling {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final TargetHealth health;
    private final Autoscaling autoscaling;
    private final Pace pace;

    Scaling(EcsSettings settings, EcsGateway ecs, TargetHealth health, Autoscaling autoscaling, Pace pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.health = health;
        this.autoscaling = autoscaling;
        this.pace = pace;
    }

    /** See {@link io.deployflow.spi.TargetOperations#scale}. */
    OperationResult run(int count, Optional<String> named, DeployContext context) {
        String name = chosen(named);
        Service before = ecs.service(name);
        check(count, before);
        autoscaling.warnIfItWouldUndo(name, count, context);
        int desired = ServiceView.count(before.desiredCount());
        context.unitChanged(name, "scaling", desired + " -> " + count);
        Instant begin = context.clock().instant();
        Set<String> earlier = Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
                .flatMap(status -> ecs.tasks().arns(name, status).stream())
                .collect(Collectors.toSet());
        UpdateServiceRequest request = UpdateServiceRequest.builder()
                .cluster(settings.cluster())
                .service(name)
                .desiredCount(count)
                .build();
        ecs.scale(request);
        Optional<DeployException> failure =
                new ScaleWatch(settings, ecs, health, pace, name, count, earlier, context).await();
        return new OperationResult(
                List.of(new OperationReport.Unit(
                        name,
                        failure.isEmpty(),
                        failure.isEmpty() ? "scaled" : "failed",
                        desired + " -> " + count,
                        OptionalInt.empty(),
                        Duration.between(begin, context.clock().instant()))),
                failure);
    }

    /** The service to scale: which of several has to be said. */
    private String chosen(Optional<String> named) {
        List<String> all =
                settings.members().stream().map(EcsSettings.Member::service).toList();
        if (named.isEmpty() && all.size() == 1) {
            return all.get(0);
        }
        return named.filter(all::contains)
                .orElseThrow(() -> new ConfigurationException(
                        named.map(name -> "the target has no service '" + name + "'")
                                .orElse("the target has " + all.size() + " services"),
                        "Say which one with --service: " + String.join(", ", all) + "."));
    }

    private void check(int count, Service service) {
        if (count < 0) {
            throw new ConfigurationException("a service cannot have " + count + " tasks", "Give 0 or more.");
        }
        if (service.schedulingStrategy() == SchedulingStrategy.DAEMON) {
            throw new ConfigurationException(
                    "service " + service.serviceName() + " runs one task on each host of its cluster",
                    "Change the number of hosts instead.");
        }
    }
}
