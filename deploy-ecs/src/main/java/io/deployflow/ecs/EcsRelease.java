package io.deployflow.ecs;

import io.deployflow.Release;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A task definition revision.
 *
 * @param id its family and number, such as {@code puma:17}
 * @param arn its ARN
 * @param image the reference of the deployed container's image
 * @param revision the source's revision, or {@code unknown}
 * @param createdAt when it was registered
 * @param createdBy who registered it, or {@code unknown}
 * @param state what is known of it
 * @param base ARN of the task definition that the service had when this was made for it; empty for one that was there
 *     before, which may replace any
 */
record EcsRelease(
        String id,
        String arn,
        String image,
        String revision,
        Instant createdAt,
        String createdBy,
        State state,
        Optional<String> base)
        implements Release {

    EcsRelease {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(arn, "arn");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(base, "base");
    }

    /** The same in another state. */
    EcsRelease as(State other) {
        return new EcsRelease(id, arn, image, revision, createdAt, createdBy, other, base);
    }

    /** The same, made for a service that has this task definition. */
    EcsRelease basedOn(String taskDefinition) {
        return new EcsRelease(id, arn, image, revision, createdAt, createdBy, state, Optional.of(taskDefinition));
    }
}
