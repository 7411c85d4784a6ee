package io.deployflow.spi;

import io.deployflow.Artifact;
import io.deployflow.Release;
import java.util.Objects;

/**
 * The three strategies of a target. Their types hold them together: what one makes, the next takes.
 *
 * @param <A> what is built and pushed
 * @param <R> what is pushed and rolled out
 * @param build makes the artifact
 * @param push brings it to the target
 * @param rollout makes it live
 * @param resources what the three share, such as connections; closed when the deploy has ended
 */
public record Pipeline<A extends Artifact, R extends Release>(
        BuildStrategy<A> build, PushStrategy<A, R> push, RolloutStrategy<R> rollout, Resources resources)
        implements AutoCloseable {

    /** Something to close, without a checked exception. */
    @FunctionalInterface
    public interface Resources extends AutoCloseable {
        @Override
        void close();
    }

    /** Checks that nothing is missing. */
    public Pipeline {
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(push, "push");
        Objects.requireNonNull(rollout, "rollout");
        Objects.requireNonNull(resources, "resources");
    }

    @Override
    public void close() {
        resources.close();
    }
}
