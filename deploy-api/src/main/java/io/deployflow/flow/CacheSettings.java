package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where caches are kept.
 *
 * @param directory the directory; empty for one below the user's cache directory
 * @param limitMb how much they may take; what was used longest ago goes first
 */
public record CacheSettings(
        @Setting("The directory; default: below the user's cache directory.")
        Optional<Path> directory,

        @Setting(value = "How many megabytes they may take.", defaultValue = "5000")
        int limitMb) {
    /** Checks the parts. */
    public CacheSettings {
        Objects.requireNonNull(directory, "directory");
        if (limitMb < 1) {
            throw new InvalidSettingException("limit_mb", "must be at least 1");
        }
    }
}
