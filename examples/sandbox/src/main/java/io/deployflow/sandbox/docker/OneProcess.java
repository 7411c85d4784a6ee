package io.deployflow.sandbox.docker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one process of this machine do a piece of work at a time. Its threads must agree by themselves. */
final class OneProcess {
    private OneProcess() {}

    /**
     * Works when no other process does.
     *
     * @param file what they agree on; made, and left there: to remove it would let two work at once
     * @param work what to do
     * @throws SandboxException when the file cannot be made or locked
     */
    static void atATime(Path file, Runnable work) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            work.run();
        } catch (IOException e) {
            throw new SandboxException("Cannot lock " + file + ": " + e.getMessage(), e);
        }
    }
}
