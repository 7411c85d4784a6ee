package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where caches are kept.
 *
 * @param directory the directory; empty for one below the user's cache directory
 * @param limitMb how much they may take; what was used longest ago goes first
 * @param registry a repository of an image registry in which machines share them
 */
public record CacheSettings(
        @Setting("The directory; default: below the user's cache directory.")
        Optional<Path> directory,

        @Setting(value = "How many megabytes they may take.", defaultValue = "5000")
        int limitMb,

        @Setting("A repository in which machines share them: HOST[:PORT]/PATH.")
        Optional<String> registry) {
    private static final Pattern REPOSITORY = Pattern.compile("[^/\\s@]+(/[a-z0-9._-]+)+");

    /** Checks the parts. */
    public CacheSettings {
        Objects.requireNonNull(directory, "directory");
        if (limitMb < 1) {
            throw new InvalidSettingException("limit_mb", "must be at least 1");
        }
        if (registry.filter(name -> !REPOSITORY.matcher(name).matches()).isPresent()) {
            throw new InvalidSettingException("registry", "must be HOST[:PORT]/PATH, without a tag");
        }
    }
}
