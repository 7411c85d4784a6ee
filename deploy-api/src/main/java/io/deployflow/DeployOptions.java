package io.deployflow;

import java.util.Objects;
import java.util.Optional;

/**
 * How a deploy is to be made.
 *
 * @param revision a commit, branch or tag; empty for HEAD, or for the content of a plain directory
 * @param cancellation asks for a stop
 */
public record DeployOptions(Optional<String> revision, CancellationToken cancellation) {

    /** Checks that nothing is missing. */
    public DeployOptions {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(cancellation, "cancellation");
    }

    /** HEAD, and nobody cancels. */
    public static DeployOptions defaults() {
        return new DeployOptions(Optional.empty(), CancellationToken.create());
    }

    /** The same with a commit, branch or tag. */
    public DeployOptions withRevision(String name) {
        return new DeployOptions(Optional.of(name), cancellation);
    }

    /** The same with a token. */
    public DeployOptions withCancellation(CancellationToken token) {
        return new DeployOptions(revision, token);
    }
}
