package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.util.List;

/**
 * Files that later runs can have again.
 *
 * @param key what they are found by; what is saved under a key is never replaced
 * @param paths the files and directories, below the source or absolute
 */
public record SaveCacheSettings(
        @Setting(value = "What they are found by; never replaced.", required = true)
        String key,

        @Setting(value = "Files and directories, below the source or absolute.", required = true)
        List<String> paths) {
    /** Copies the list. */
    public SaveCacheSettings {
        paths = List.copyOf(paths);
        if (key.isBlank()) {
            throw new InvalidSettingException("key", "is empty");
        }
        if (paths.isEmpty()) {
            throw new InvalidSettingException("paths", "names nothing to save");
        }
    }
}
