package io.deployflow.sandbox.docker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a minimal Debian with the machine's own tool and package sources. Needs root, as the tools do.
 *
 * @param tool what makes it
 */
record Bootstrap(Tool tool) {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
    private static final int OUTPUT_LINES = 10;
    private static final String SUITE = "bookworm";

    /** Debian's two bootstrap tools. */
    enum Tool {
        /** The faster one; writes an archive. */
        MMDEBSTRAP,
        /** The older one; writes a folder. */
        DEBOOTSTRAP
    }

    static Bootstrap onThisMachine() {
        if (isInstalled("mmdebstrap")) {
            return new Bootstrap(Tool.MMDEBSTRAP);
        }
        if (isInstalled("debootstrap")) {
            return new Bootstrap(Tool.DEBOOTSTRAP);
        }
        throw new SandboxException(
                "There is no image debian:bookworm-slim, it cannot be pulled, and neither mmdebstrap nor"
                        + " debootstrap is here to make it: run `apt-get install mmdebstrap`, or load the image with `docker load`.");
    }

    /**
     * Runs the tool.
     *
     * @param folder an empty folder to work in
     * @return an archive of the root file system, in the folder
     * @throws SandboxException when the tool fails; with what it said last
     */
    Path into(Path folder) throws IOException {
        Path tar = folder.resolve("base.tar");
        LOG.info("Making debian:bookworm-slim with {}", tool);
        for (List<String> command : commands(folder.resolve("root"), tar)) {
            run(command);
        }
        return tar;
    }

    /** The commands to run in turn. */
    List<List<String>> commands(Path root, Path tar) {
        return switch (tool) {
            case MMDEBSTRAP -> List.of(List.of("mmdebstrap", "--variant=minbase", SUITE, tar.toString()));
            case DEBOOTSTRAP ->
                List.of(
                        List.of("debootstrap", "--variant=minbase", SUITE, root.toString()),
                        List.of("tar", "--numeric-owner", "-C", root.toString(), "-cf", tar.toString(), "."));
        };
    }

    /**
     * Runs a command to its end.
     *
     * @throws SandboxException when it fails; with what it said last
     */
    static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> output;
        try (BufferedReader reader = process.inputReader()) {
            output = reader.lines().toList();
        }
        int exit = await(process);
        if (exit != 0) {
            throw new SandboxException("`" + String.join(" ", command) + "` failed (" + exit
                    + "). Check that this machine reaches its package sources and that you are root. It said:\n"
                    + String.join("\n", output.subList(Math.max(0, output.size() - OUTPUT_LINES), output.size())));
        }
    }

    /** By the thread that asks: who waits for an image may hold the common pool's only one. */
    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while making debian:bookworm-slim");
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
