package io.deployflow.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The class-data archive that the launcher has made after a command that was the first of its kind. */
public final class ClassArchive {
    private static final String BEING_MADE = "*.making";
    private static final String MAKER = "maker";

    private ClassArchive() {}

    /**
     * Waits until none is being made: what that takes is no part of the next command's time.
     *
     * @param launcher {@code bin/deployflow} of a source tree; its command has ended
     */
    public static void await(Path launcher) {
        Path folder = launcher.resolve("../../deploy-cli/target").normalize();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> making = Files.newDirectoryStream(folder, BEING_MADE)) {
                for (Path each : making) {
                    awaitMaker(each.resolve(MAKER));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look into " + folder, e);
            }
        }
    }

    private static void awaitMaker(Path file) throws IOException {
        try {
            String maker = Files.readString(file).strip();
            if (!maker.isEmpty()) {
                ProcessHandle.of(Long.parseLong(maker))
                        .ifPresent(process -> process.onExit().join());
            }
        } catch (NoSuchFileException e) {
            // It was just done.
        }
    }
}
