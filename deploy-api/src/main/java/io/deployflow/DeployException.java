package io.deployflow;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deploy that did not do what it should. Its subtypes say which kind of failure it is (the command line maps them to
 * exit codes); its message says what failed and where, {@link #remedy()} how to mend it.
 */
public class DeployException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String unit;
    private final String remedy;

    /**
     * Describes the failure.
     *
     * @param what what failed and where, one sentence or a few lines; never a secret
     * @param remedy how to mend it, in one sentence; empty if nothing is known
     * @param unit the host or task that failed, if it was one
     * @param cause the cause, if there is one
     */
    public DeployException(String what, String remedy, @Nullable String unit, @Nullable Throwable cause) {
        super(what, cause);
        this.remedy = Objects.requireNonNull(remedy, "remedy");
        this.unit = unit;
    }

    /** A failure of the whole target, without a cause in code. */
    public DeployException(String what, String remedy) {
        this(what, remedy, null, null);
    }

    /** The host or task that failed, if it was one. */
    public Optional<String> unit() {
        return Optional.ofNullable(unit);
    }

    /** How to mend it; empty if nothing is known. */
    public String remedy() {
        return remedy;
    }
}
