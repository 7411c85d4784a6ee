package io.deployflow;

import java.util.Objects;
import java.util.Optional;

/**
 * How a deploy is to be made.
 *
 * @param revision a commit, branch or tag; empty for HEAD, or for the content of a plain directory
 * @param check of which files the content is checked at the target; empty for what its settings say. A target that
 *     brings no directory anywhere refuses it
 * @param cancellation asks for a stop
 */
public record DeployOptions(Optional<String> revision, Optional<ContentCheck> check, CancellationToken cancellation) {

    /** Checks that nothing is missing. */
    public DeployOptions {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(cancellation, "cancellation");
    }

    /** HEAD, and nobody cancels. */
    public static DeployOptions defaults() {
        return new DeployOptions(Optional.empty(), Optional.empty(), CancellationToken.create());
    }

    /** The same with a commit, branch or tag. */
    public DeployOptions withRevision(String name) {
        return new DeployOptions(Optional.of(name), check, cancellation);
    }

    /** The same with a choice of what is checked, whatever the target's settings say. */
    public DeployOptions withCheck(ContentCheck wanted) {
        return new DeployOptions(revision, Optional.of(wanted), cancellation);
    }

    /** The same with a token. */
    public DeployOptions withCancellation(CancellationToken token) {
        return new DeployOptions(revision, check, token);
    }
}
