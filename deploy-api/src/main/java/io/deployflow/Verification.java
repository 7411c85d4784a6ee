package io.deployflow;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What the engine checks once a rollout is done, from the machine that deploys. At least one of both is there.
 *
 * @param url asked with GET; any 2xx answer passes
 * @param expect text that the answer must contain; <code>{revision}</code> and <code>{release}</code> stand for what
 *     was deployed
 * @param command a shell command, run in the source directory; exit status 0 passes
 * @param within how long both may take to pass
 */
public record Verification(Optional<URI> url, Optional<String> expect, Optional<String> command, Duration within) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if there is nothing to check or no time for it
     */
    public Verification {
        if (url.isEmpty() && command.isEmpty()) {
            throw new IllegalArgumentException("verify needs a url or a command");
        }
        if (expect.isPresent() && url.isEmpty()) {
            throw new IllegalArgumentException("verify has 'expect' but no 'url' to expect it from");
        }
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("verify.within must be longer than 0");
        }
    }
}
