package io.deployflow.internal.config;

import io.deployflow.Application;
import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.util.List;

/** The keys at the top of the file, but for the targets. */
record FileKeys(
        @Setting(
                value = "The application's name: letters, digits, '.', '_' and '-'; used in image names,"
                        + " locks and records.",
                required = true)
        String application,

        @Setting(value = "The source: a git work tree, or any directory; relative to this file.", defaultValue = ".")
        Path source,

        @Setting("Patterns of paths below the source that are not deployed.")
        List<String> exclude) {

    /** Checks the parts as an application does. */
    FileKeys {
        try {
            new Application(application, source, exclude);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("application", "is not right: " + e.getMessage());
        }
    }

    Application in(Path directory) {
        return new Application(application, directory.resolve(source).normalize(), exclude);
    }
}
