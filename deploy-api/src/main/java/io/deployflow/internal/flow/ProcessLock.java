package io.deployflow.internal.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A lock on a file, which the system lets go of when the process is gone, however it went. It holds against other
 * processes and within this one: the system's own would be lost as soon as this process closed the file somewhere else,
 * so a file that is locked here is not opened again.
 */
final class ProcessLock implements AutoCloseable {
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, if nobody has it; the file is made where it is not there. */
    static Optional<ProcessLock> take(Path named) {
        Path file = named.toAbsolutePath().normalize();
        synchronized (HELD) {
            if (!HELD.add(file)) {
                return Optional.empty();
            }
            boolean taken = false;
            try {
                Files.createDirectories(file.getParent());
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                taken = channel.tryLock() != null;
                if (taken) {
                    return Optional.of(new ProcessLock(file, channel));
                }
                channel.close();
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be locked: " + e.getMessage(), e);
            } finally {
                if (!taken) {
                    HELD.remove(file);
                }
            }
        }
    }

    /** Writes the file anew, through the lock's own channel. */
    void write(String text) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Reads the file, through the lock's own channel. */
    String read() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            channel.read(bytes, 0);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Removes the file; whoever locks one of that name from now on locks another. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            HELD.remove(file);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be let go of: " + e.getMessage(), e);
            }
        }
    }
}
