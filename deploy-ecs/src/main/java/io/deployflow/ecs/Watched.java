package io.deployflow.ecs;

import java.util.Objects;
import java.util.Optional;

/**
 * How the rollout to one service stands when the watch has ended.
 *
 * @param attempt which one
 * @param verdict what became of it; it still goes on where the time was up, or where another service's was decided
 * @param last what was seen last
 * @param complaint why a load balancer found one of its tasks unhealthy, if it did
 */
record Watched(Attempt attempt, RolloutVerdict verdict, Observation last, Optional<String> complaint) {
    Watched {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(complaint, "complaint");
    }
}
