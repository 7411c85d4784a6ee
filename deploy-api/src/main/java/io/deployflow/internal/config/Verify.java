package io.deployflow.internal.config;

import io.deployflow.Verification;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The keys below {@code verify}. */
record Verify(
        @Setting("Asked with GET once the rollout is done; any 2xx answer passes.")
        Optional<URI> url,

        @Setting("Text that the answer must contain; {revision} and {release} stand for what was deployed.")
        Optional<String> expect,

        @Setting("A shell command, run in the source directory; exit status 0 passes.")
        Optional<String> command,

        @Setting(value = "How long both may take to pass.", defaultValue = "30s")
        Duration within) {

    /** Checks the parts as a verification does. */
    Verify {
        new Verification(url, expect, command, within);
    }

    Verification toVerification() {
        return new Verification(url, expect, command, within);
    }
}
