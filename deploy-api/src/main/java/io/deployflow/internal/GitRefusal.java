package io.deployflow.internal;

import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a directory outside of any repository from one in a repository that git cannot or will not look at. Taken for
 * the former, that one would be deployed as it is: with what is not committed, and with what git ignores.
 */
final class GitRefusal {
    private static final String OWNERS = "safe.directory";

    private GitRefusal() {}

    /** For a git that was asked, and found no repository. */
    static Git.Named orNowhere(Path directory, String complaint) {
        return repository(directory)
                .map(repository -> refusal(repository, complaint))
                .orElse(Git.Named.NOWHERE);
    }

    /** For a git that could not be started, or was ended. */
    static Git.Named orNowhere(Path directory, IOException e) {
        return repository(directory).map(repository -> missing(repository, e)).orElse(Git.Named.NOWHERE);
    }

    private static Git.Named refusal(Path repository, String complaint) {
        String remedy = complaint.contains(OWNERS)
                ? "Run: git config --global --add safe.directory " + repository
                : "See what 'git status' says in " + repository + ".";
        throw new ConfigurationException(
                "git does not read the repository " + repository + ": "
                        + complaint.lines().findFirst().orElse("it does not say why"),
                remedy);
    }

    private static Git.Named missing(Path repository, IOException e) {
        throw new ConfigurationException(
                repository + " is a git repository, and git cannot be run: " + e.getMessage(),
                e instanceof GitEndedException ? "Run it again." : "Install git: what is deployed is a commit.",
                null,
                e);
    }

    /** The nearest directory, from this one up, that says it is a repository. */
    private static Optional<Path> repository(Path directory) {
        return Stream.iterate(real(directory), path -> path != null, Path::getParent)
                .filter(path -> Files.exists(path.resolve(".git")))
                .findFirst();
    }

    // Git too starts from where a link leads to.
    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory.toAbsolutePath().normalize();
        }
    }
}
