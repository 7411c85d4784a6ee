package io.deployflow.ssh;

import org.jspecify.annotations.Nullable;

/** Something failed on one host; the message begins with the host. */
final class HostFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeKnown;

    private HostFailure(HostAddress host, String what, boolean outcomeKnown, @Nullable Throwable cause) {
        super(host.label() + ": " + what, cause);
        this.outcomeKnown = outcomeKnown;
    }

    /** A command failed: it ran, and what it says is known. */
    static HostFailure of(HostAddress host, String what) {
        return new HostFailure(host, what, true, null);
    }

    /** The connection broke before a command had answered: it may have run to its end, or not at all. */
    static HostFailure lost(HostAddress host, String what, @Nullable Throwable cause) {
        return new HostFailure(host, what, false, cause);
    }

    /** Whether it is known what the failed command has done. */
    boolean outcomeKnown() {
        return outcomeKnown;
    }
}
