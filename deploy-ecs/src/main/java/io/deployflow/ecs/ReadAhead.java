package io.deployflow.ecs;

import io.deployflow.DeployException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for old releases, a call at a time, while a rollout goes on: what {@link Deregistration} needs to know of them
 * is known when it is decided, and nobody waits for it. What cannot be had is left to be asked for again.
 */
final class ReadAhead {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    private final EcsGateway ecs;
    private final String arn;
    private final int keep;
    private Optional<Deque<String>> open = Optional.empty();

    /**
     * For one family of task definitions.
     *
     * @param arn of one of them
     * @param keep how many may stay: where there are no more, there is nothing to know
     */
    ReadAhead(EcsGateway ecs, String arn, int keep) {
        this.ecs = ecs;
        this.arn = arn;
        this.keep = keep;
    }

    /** Whether there is a call to make. */
    boolean isWanted() {
        return open.isEmpty() || !open.get().isEmpty();
    }

    /** Makes the next call. */
    void step() {
        try {
            if (open.isEmpty()) {
                open = Optional.of(unknown());
            } else {
                ecs.remembered(open.get().remove());
            }
        } catch (DeployException e) {
            LOG.debug("what old releases there are is not asked ahead any more", e);
            open = Optional.of(new ArrayDeque<>());
        }
    }

    private Deque<String> unknown() {
        Deque<String> unknown = new ArrayDeque<>();
        List<String> family = ecs.taskDefinitions(TaskDefinitions.family(arn));
        if (family.size() > keep) {
            family.stream()
                    .limit(Deregistration.SOME)
                    .filter(one -> !ecs.isRemembered(one))
                    .forEach(unknown::add);
        }
        return unknown;
    }
}
