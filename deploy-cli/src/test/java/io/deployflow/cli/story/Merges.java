package io.deployflow.cli.story;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bare repository with the Puma application, and what a hook of it does for each push. */
final class Merges {
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "Mia Merger",
            "GIT_AUTHOR_EMAIL", "mia@example.org",
            "GIT_COMMITTER_NAME", "Mia Merger",
            "GIT_COMMITTER_EMAIL", "mia@example.org",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    private static final String STUCK = """
            #!/bin/sh
            case " $* " in *"%s"*) : > %s; exec sleep 60 ;; esac
            exec %s "$@"
            """;

    private final Stage stage;
    private final Path folder;
    private final Path bare;
    private final Path desk;
    private int clones;

    /**
     * Makes the repository.
     *
     * @param flow the section of deploy.yml
     */
    Merges(Stage stage, String flow) {
        this.stage = stage;
        this.folder = stage.folder();
        this.bare = folder.resolve("shop.git");
        this.desk = folder.resolve("desk");
        git(folder, "init", "-q", "--bare", "-b", "master", bare.toString());
        Source.copyTo(desk);
        git(desk, "branch", "-q", "-M", "master");
        git(desk, "remote", "add", "origin", bare.toString());
        Path source = stage.source().directory();
        write("deploy.yml", stage.deployFileText().replaceAll("(?m)^source: .*" + source + ".*$", "source: .") + flow);
        write("doc/greetings.md", "");
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(desk.resolve(name).getParent());
            Files.writeString(desk.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        return Stage.read(desk.resolve(name));
    }

    /** Commits what was written and pushes it; the revision. */
    String push(String branch, String message) {
        git(desk, "add", "--all");
        git(desk, "commit", "-q", "--allow-empty", "-m", message);
        git(desk, "push", "-q", "origin", "HEAD:refs/heads/" + branch);
        return git(desk, "rev-parse", "HEAD");
    }

    /** Takes over what the flow pushed. */
    void pull() {
        git(desk, "pull", "-q", "--rebase", "origin", "master");
    }

    /** Does what the hook does for one push: a clone of its own, and the flow in it. */
    CliProcess hook(String branch, String revision) {
        clones++;
        Path clone = folder.resolve("clone-" + clones);
        git(folder, "clone", "-q", bare.toString(), clone.toString());
        git(clone, "checkout", "-q", "--detach", revision);
        Map<String, String> environment = new HashMap<>(stage.environment());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        environment.put("HOLD", folder.resolve("hold").toString());
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return CliProcess.start(
                clone, environment, new ArrayList<>(List.of("flow", "run", "--branch", branch, "--output", "json")));
    }

    /** A file that steps look for; while it is there, they wait. */
    Path hold() {
        return folder.resolve("hold");
    }

    /**
     * Starts the flow for a push and kills it in the middle of what a program of this machine does for it.
     *
     * @param words some of what the program is called with
     */
    void killIn(String program, String words, String branch, String revision) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path reached = folder.resolve("reached");
        Path real = Path.of(Shell.run("sh", "-c", "command -v " + program).strip());
        Path stuck = Files.writeString(bin.resolve(program), STUCK.formatted(words, reached, real));
        Files.setPosixFilePermissions(stuck, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (CliProcess run = hook(branch, revision)) {
            await(program + " " + words).atMost(Duration.ofMinutes(1)).until(() -> Files.exists(reached));
            run.kill();
        } finally {
            Files.delete(stuck);
        }
        Files.delete(reached);
    }

    /** What is on master: {@code author|subject}. */
    String master() {
        return git(bare, "log", "-1", "--pretty=%an|%s", "master");
    }

    String head() {
        return git(bare, "rev-parse", "master");
    }

    String show(String path) {
        return git(bare, "show", "master:" + path);
    }

    private static String git(Path directory, String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        return Shell.run(directory, AUTHOR, "", command.toArray(String[]::new)).strip();
    }
}
