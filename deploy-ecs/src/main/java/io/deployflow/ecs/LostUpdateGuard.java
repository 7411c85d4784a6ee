package io.deployflow.ecs;

import io.deployflow.Release;
import io.deployflow.RolloutException;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;

/** Sees to it that a release does not take back what somebody else changed in the service since it was made. */
final class LostUpdateGuard {
    private final EcsGateway ecs;

    LostUpdateGuard(EcsGateway ecs) {
        this.ecs = ecs;
    }

    /**
     * Checks a release right before it is rolled out.
     *
     * @throws RolloutException if the service has another task definition than the one that the release is a copy of
     */
    void check(EcsRelease.Part release, Service now) {
        if (now.taskDefinition().equals(release.arn())) {
            return; // It was begun before, and ECS gave it up.
        }
        release.base()
                .filter(base -> !base.equals(now.taskDefinition()) && !isTakenBack(base, now.taskDefinition()))
                .ifPresent(base -> {
                    throw lost(release, base, now.taskDefinition());
                });
    }

    /** A release that was in flight then and never got good had the same as the service has now, but its image. */
    private boolean isTakenBack(String base, String now) {
        return ReleaseTags.read(ecs.taskDefinition(base).tags())
                .filter(tags -> tags.state() != Release.State.GOOD)
                .flatMap(ReleaseTags::base)
                .equals(Optional.of(now));
    }

    private static RolloutException lost(EcsRelease.Part release, String base, String now) {
        return new RolloutException(
                "service " + release.service() + " was changed to " + TaskDefinitions.id(now) + " since "
                        + release.id() + " was made from " + TaskDefinitions.id(base)
                        + "; deploying it would undo that, so nothing was changed",
                "Deploy again: the release will be made from " + TaskDefinitions.id(now) + ".");
    }
}
