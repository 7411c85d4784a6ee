package io.deployflow.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/** A file on its way to a host, part by part: of any size, in little memory. */
final class Upload implements AutoCloseable {
    private static final int PART = 1 << 15;
    private static final Duration TELL = Duration.ofMillis(100);

    private final Path file;
    private final HostAddress host;
    private final LongConsumer progress;
    private final InputStream input;
    private final long size;
    private final byte[] part = new byte[PART];
    private long sent;
    private long told = System.nanoTime();

    private Upload(Path file, HostAddress host, LongConsumer progress) throws IOException {
        this.file = file;
        this.host = host;
        this.progress = progress;
        this.size = Files.size(file);
        this.input = Files.newInputStream(file);
    }

    /**
     * Opens a file.
     *
     * @param progress is told now and then, and at the end, how many bytes have been sent
     * @throws HostFailure if it cannot be read
     */
    static Upload of(Path file, HostAddress host, LongConsumer progress) {
        try {
            return new Upload(file, host, progress);
        } catch (IOException e) {
            throw unreadable(file, host, e);
        }
    }

    long size() {
        return size;
    }

    /** How much is still to be sent. */
    long left() {
        return size - sent;
    }

    /**
     * Sends the next part.
     *
     * @return whether there is more to send
     * @throws IOException if the host takes no more
     */
    boolean sendPart(OutputStream to) throws IOException {
        int length = read();
        to.write(part, 0, length);
        to.flush();
        sent += length;
        if (left() == 0 || System.nanoTime() - told > TELL.toNanos()) {
            told = System.nanoTime();
            progress.accept(sent);
        }
        return left() > 0;
    }

    // Exactly as many bytes as were promised to the host: what a file lacks that shrank would be taken from what
    // follows.
    private int read() {
        try {
            int length = input.read(part, 0, (int) Math.min(part.length, left()));
            if (length < 0) {
                throw unreadable(file, host, "it became shorter meanwhile");
            }
            return length;
        } catch (IOException e) {
            throw unreadable(file, host, e);
        }
    }

    private static HostFailure unreadable(Path file, HostAddress host, Object why) {
        return HostFailure.of(host, file + " cannot be read: " + why);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
