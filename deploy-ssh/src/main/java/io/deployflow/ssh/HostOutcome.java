package io.deployflow.ssh;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a piece of work on one host: a value or a failure.
 *
 * @param shell the host's
 * @param value what the work answered, if it did not fail
 * @param failure why it failed, if it did
 * @param took how long it took
 */
record HostOutcome<T>(RemoteShell shell, Optional<T> value, Optional<RuntimeException> failure, Duration took) {
    String label() {
        return shell.label();
    }
}
