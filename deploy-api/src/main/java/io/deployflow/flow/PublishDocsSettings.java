package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Files that are made of the source and kept in the repository: made again, committed as the last author where they
 * changed, and pushed.
 *
 * @param generate what makes them
 * @param paths where they are
 * @param message the commit's subject, behind {@code [ci skip]}
 * @param remote where the commit is pushed to
 * @param branch the branch that it is pushed to; empty for the one that the flow runs for
 */
public record PublishDocsSettings(
        @Setting(value = "Scripts that make the files.", required = true)
        List<Generator> generate,

        @Setting(value = "The files or directories that are committed.", required = true)
        List<String> paths,

        @Setting(value = "The commit's subject, behind [ci skip].", defaultValue = "Update the documents")
        String message,

        @Setting(value = "Where the commit is pushed to.", defaultValue = "origin")
        String remote,

        @Setting("The branch that it is pushed to; default: the one that the flow runs for.")
        Optional<String> branch) {

    /**
     * One script.
     *
     * @param run for bash
     * @param ifChanged runs only where one of these paths changed since the parent commit; empty for always
     */
    public record Generator(
            @Setting(value = "A script for bash.", required = true, shorthand = true)
            String run,

            @Setting("Only where one of these changed since the parent commit.")
            List<String> ifChanged) {
        /** Copies the list. */
        public Generator {
            ifChanged = List.copyOf(ifChanged);
        }
    }

    /** Checks the parts. */
    public PublishDocsSettings {
        Objects.requireNonNull(branch, "branch");
        generate = List.copyOf(generate);
        paths = List.copyOf(paths);
        if (generate.isEmpty()) {
            throw new InvalidSettingException("generate", "makes nothing");
        }
        if (paths.isEmpty()) {
            throw new InvalidSettingException("paths", "names nothing to commit");
        }
    }
}
