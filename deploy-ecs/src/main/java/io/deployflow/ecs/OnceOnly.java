package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.PushException;
import io.deployflow.RolloutException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/**
 * The calls that ECS would carry out a second time when they are made again, and that take no token which would tell
 * it. Where it is not known whether one was carried out, as where its answer is lost, ECS is looked at first.
 */
final class OnceOnly {
    private static final int ATTEMPTS = 3;

    /** Others may register in the same family meanwhile. */
    private static final int NEWEST = 5;

    private final AwsClients clients;
    private final EcsGateway ecs;

    OnceOnly(AwsClients clients, EcsGateway ecs) {
        this.clients = clients;
        this.ecs = ecs;
    }

    /** Registers a revision of a task definition, which is known by its tags. */
    TaskDefinition register(RegisterTaskDefinitionRequest request) {
        return once(
                () -> AwsErrors.sending(
                                "ecs:RegisterTaskDefinition",
                                PushException::new,
                                () -> clients.ecsOnce().registerTaskDefinition(request))
                        .taskDefinition(),
                () -> registered(request));
    }

    private Optional<TaskDefinition> registered(RegisterTaskDefinitionRequest request) {
        return ecs.taskDefinitions(request.family(), NEWEST).stream()
                .map(ecs::taskDefinition)
                .filter(there -> there.tags().containsAll(request.tags()))
                .map(EcsGateway.Described::definition)
                .findFirst();
    }

    /**
     * Begins another deployment of the task definition that a service has.
     *
     * @param before the service as it is now
     */
    Service deployAgain(UpdateServiceRequest request, Service before) {
        return once(
                () -> AwsErrors.sending(
                                "ecs:UpdateService",
                                RolloutException::new,
                                () -> clients.ecsOnce().updateService(request))
                        .service(),
                () -> Optional.of(ecs.service(request.service())).filter(now -> isAnother(before, now)));
    }

    private static boolean isAnother(Service before, Service now) {
        return before.taskDefinition().equals(now.taskDefinition())
                && ServiceView.primary(now)
                        .filter(primary -> !ServiceView.ids(before).contains(primary.id()))
                        .isPresent();
    }

    /** What a call answered, or what is there of it. */
    private static <T> T once(Supplier<T> call, Supplier<Optional<T>> look) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (DeployException e) {
                Optional<T> there = AwsErrors.isPassing(e) ? seen(look, e) : Optional.empty();
                if (there.isPresent()) {
                    return there.get();
                }
                if (attempt == ATTEMPTS || !AwsErrors.isPassing(e)) {
                    throw e;
                }
            }
        }
    }

    /** Who cannot look must not make the call again. */
    private static <T> Optional<T> seen(Supplier<Optional<T>> look, DeployException failure) {
        try {
            return look.get();
        } catch (DeployException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
