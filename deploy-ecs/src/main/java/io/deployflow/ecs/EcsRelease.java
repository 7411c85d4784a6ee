package io.deployflow.ecs;

import io.deployflow.Release;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A task definition revision for each service that is deployed together.
 *
 * @param parts one for each service, the leading one first
 * @param revision the source's revision, or {@code unknown}
 * @param createdAt when it was registered
 * @param createdBy who registered it, or {@code unknown}
 * @param state what is known of it
 */
record EcsRelease(List<Part> parts, String revision, Instant createdAt, String createdBy, State state)
        implements Release {

    /**
     * What one service is to run.
     *
     * @param service the service's name
     * @param arn ARN of the task definition
     * @param base ARN of the task definition that the service had when this was made for it; empty for one that was
     *     there before, which may replace any
     */
    record Part(String service, String arn, Optional<String> base) {
        Part {
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(arn, "arn");
            Objects.requireNonNull(base, "base");
        }

        /** Family and number of the task definition, such as {@code puma:17}. */
        String id() {
            return TaskDefinitions.id(arn);
        }
    }

    EcsRelease {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a release is of one service at least");
        }
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(state, "state");
    }

    /** Family and number of the leading service's task definition: no other release has it. */
    @Override
    public String id() {
        return lead().id();
    }

    /** The leading service's part. */
    Part lead() {
        return parts.get(0);
    }

    /** What a service is to run; empty where the release was made before the service was one of the target's. */
    Optional<Part> part(String service) {
        return parts.stream().filter(part -> part.service().equals(service)).findFirst();
    }

    /** The same in another state. */
    EcsRelease as(State other) {
        return new EcsRelease(parts, revision, createdAt, createdBy, other);
    }

    /** The same of other parts. */
    EcsRelease of(List<Part> others) {
        return new EcsRelease(others, revision, createdAt, createdBy, state);
    }
}
