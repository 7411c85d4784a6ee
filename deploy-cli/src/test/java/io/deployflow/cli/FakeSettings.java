package io.deployflow.cli;

import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.util.Optional;

/** What a fake target does. */
public record FakeSettings(
        @Setting(value = "What fails.", defaultValue = "nothing")
        Fault fails,

        @Setting("A file that is written when a release has been put back or has gone live.")
        Optional<Path> journal) {

    /** What can fail. */
    public enum Fault {
        NOTHING,
        CONFIGURATION,
        LOCK,
        REACH,
        BUILD,
        PUSH,
        ROLLOUT,
        RESTORE,
        /** The rollout waits until it is cancelled. */
        HANG,
        /** The rollout waits until it is cancelled, and the taking back never ends. */
        HANG_FOR_EVER,
        UNEXPECTED
    }
}
