package io.deployflow.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The application: a git work tree of generated files, one of which changes. Its tree is the same on every machine. */
public final class Source {
    /** The file that changes; always of the same size. */
    public static final String CHANGING = "version.txt";

    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "benchmark",
            "GIT_AUTHOR_EMAIL", "benchmark@example.org",
            "GIT_COMMITTER_NAME", "benchmark",
            "GIT_COMMITTER_EMAIL", "benchmark@example.org",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null");
    private static final int FILES_A_DIRECTORY = 10;
    // Of each file's bytes: what does not compress.
    private static final double NOISE = 0.7;

    private final Path directory;
    private int version = 1000;

    private Source(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes and commits it.
     *
     * @param files how many
     * @param bytes the size of each
     */
    public static Source make(Path directory, int files, int bytes) {
        Source source = new Source(directory);
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Random random = new Random(7);
            for (int number = 0; number < files; number++) {
                source.writeFile(number, bytes, random);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the application into " + directory, e);
        }
        source.git("init", "-q", "-b", "main");
        source.change();
        return source;
    }

    private void writeFile(int number, int bytes, Random random) throws IOException {
        int parent = number / FILES_A_DIRECTORY;
        Path folder = directory.resolve("app/%02d/%03d".formatted(parent / FILES_A_DIRECTORY, parent));
        Files.createDirectories(folder);
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Arrays.fill(content, (int) (bytes * NOISE), bytes, (byte) 'x');
        Files.write(folder.resolve("file-%04d.txt".formatted(number)), content);
    }

    public Path directory() {
        return directory;
    }

    /** Changes the one file, and commits it. */
    public void change() {
        change(CHANGING);
    }

    /** Changes another file, and commits it; makes it if it is not there. */
    public void change(String file) {
        version++;
        try {
            Files.writeString(directory.resolve(file), versionText());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change " + file, e);
        }
        git("add", "--all");
        git("commit", "-q", "-m", "Version " + version);
    }

    /** Packs what was committed so far, as a clone has it. */
    public void pack() {
        git("repack", "-q", "-a", "-d");
    }

    /** What the changing file says now. */
    public String versionText() {
        return "version " + version + "\n";
    }

    /** What it said before the last change. */
    public String versionTextBefore() {
        return "version " + (version - 1) + "\n";
    }

    private void git(String... words) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(AUTHOR);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run git", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while git ran", e);
        }
    }
}
