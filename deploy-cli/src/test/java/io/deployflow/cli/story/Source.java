package io.deployflow.cli.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A repository of its own with a copy of the Puma application, in which a story can commit what it likes. */
record Source(Path directory) {
    private static final Path PUMA = Path.of(System.getProperty("basedir", "."), "..", "examples", "apps", "puma");
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "story",
            "GIT_AUTHOR_EMAIL", "story@example.org",
            "GIT_COMMITTER_NAME", "story",
            "GIT_COMMITTER_EMAIL", "story@example.org",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    /** Copies the application into a directory that does not exist yet. */
    static Source copyTo(Path directory) {
        try (Stream<Path> entries = Files.walk(PUMA)) {
            for (Path entry : entries.toList()) {
                Files.copy(
                        entry,
                        directory.resolve(PUMA.relativize(entry).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Source source = new Source(directory);
        source.git("init", "-q", ".");
        source.commit("The application as it is");
        return source;
    }

    /** Commits what {@code GET /} answers from now on; the revision. */
    String greet(String greeting) {
        return put("greeting.txt", greeting + "\n");
    }

    /** Commits a health page that answers 500 with a reason, while {@code GET /} goes on to answer; the revision. */
    String breakHealth(String reason) {
        return put("health.txt", reason + "\n");
    }

    /** Commits one file; the revision. */
    String put(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return commit("Change " + name);
    }

    /** Commits the last commit's opposite; the revision. */
    String revert() {
        git("revert", "--no-edit", "HEAD");
        return head();
    }

    private String commit(String message) {
        git("add", "--all");
        git("commit", "-q", "-m", message);
        return head();
    }

    private String head() {
        return git("rev-parse", "HEAD").strip();
    }

    private String git(String... words) {
        String[] command =
                Stream.concat(Stream.of("git"), List.of(words).stream()).toArray(String[]::new);
        return Shell.run(directory, AUTHOR, "", command);
    }
}
