package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.util.Objects;

/**
 * How the files of a step are shared out among several processes that run at once; {@code {{ files }}} in the script
 * stands for those of each.
 *
 * @param glob which files, below the step's directory
 * @param by what makes the shares even
 * @param over how many processes
 */
public record SplitSettings(
        @Setting(value = "Which files, such as spec/**/*_spec.rb.", required = true, shorthand = true)
        String glob,

        @Setting(value = "What makes the shares even.", defaultValue = "timings")
        By by,

        @Setting(value = "How many processes run at once.", defaultValue = "1")
        int over) {

    /** What makes shares even. */
    public enum By {
        /** How long each file took the last times, as the test results told. */
        TIMINGS,
        /** The number of files, in the order of their names. */
        NAME
    }

    /** Checks the parts. */
    public SplitSettings {
        Objects.requireNonNull(by, "by");
        if (glob.isBlank()) {
            throw new InvalidSettingException("glob", "names no files");
        }
        if (over < 1) {
            throw new InvalidSettingException("over", "must be at least 1");
        }
    }
}
