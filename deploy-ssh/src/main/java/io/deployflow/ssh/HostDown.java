package io.deployflow.ssh;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a host could not be connected to: it does not answer. One that answers and is not trusted, or refuses to log in,
 * fails for another reason: that does not mend itself, and may be somebody else in the host's place.
 */
final class HostDown extends IOException {
    private static final long serialVersionUID = 1L;

    HostDown(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** Whether that is why something failed. */
    static boolean isWhy(Throwable failure) {
        return failure.getCause() instanceof HostDown;
    }
}
