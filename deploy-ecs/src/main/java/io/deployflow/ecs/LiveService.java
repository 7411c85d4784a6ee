package io.deployflow.ecs;

import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * A service of the target with what it is to run now.
 *
 * @param member what the settings say of it
 * @param service as ECS describes it
 * @param live its task definition
 */
record LiveService(EcsSettings.Member member, Service service, EcsGateway.Described live) {
    LiveService {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(live, "live");
    }

    /** Its name in the settings. */
    String name() {
        return member.service();
    }

    /** The request that would register what it has once more. */
    RegisterTaskDefinitionRequest asRequest() {
        return TaskDefinitions.asRequest(live.definition(), live.tags());
    }
}
