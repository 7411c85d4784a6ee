package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bears with AWS being out of reach for a while. A deployment goes on at AWS whether it is watched or not: a network
 * that is gone for some seconds is no reason to take it back.
 */
final class Patience {
    /** Longer than a network takes to come back, and much shorter than a rollout may take. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final DeployContext context;
    private @Nullable Instant since;

    Patience(DeployContext context) {
        this.context = context;
    }

    /** The answer; empty as well where AWS cannot be asked now. */
    <T> Optional<T> ask(Supplier<Optional<T>> question) {
        try {
            Optional<T> answer = question.get();
            since = null;
            return answer;
        } catch (DeployException e) {
            if (!AwsErrors.isPassing(e) || isOver(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The answer, as soon as AWS can be asked. */
    <T> T insist(Pace pace, Supplier<T> question) {
        return pace.ask(LONGEST, context.cancellation(), () -> ask(() -> Optional.of(question.get())))
                .orElseGet(question);
    }

    private boolean isOver(DeployException problem) {
        Instant now = context.clock().instant();
        Instant begin = since;
        if (begin == null) {
            since = now;
            context.warn("goes on, and asks again: " + problem.getMessage());
            return false;
        }
        return now.isAfter(begin.plus(LONGEST));
    }
}
