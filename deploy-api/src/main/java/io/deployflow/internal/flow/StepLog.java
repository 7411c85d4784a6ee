package io.deployflow.internal.flow;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a step wrote: the whole in a file, up to a limit, and the last lines at hand. */
final class StepLog implements AutoCloseable {
    private static final long LIMIT = 100L * 1024 * 1024;
    private static final int LAST = 30;

    private final BufferedWriter writer;
    private final Deque<String> last = new ArrayDeque<>();
    private long written;
    private boolean closed;

    private StepLog(BufferedWriter writer) {
        this.writer = writer;
    }

    /** Begins the file. */
    static StepLog in(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new StepLog(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("no log can be written: " + e.getMessage(), e);
        }
    }

    synchronized void add(String line) {
        if (last.size() == LAST) {
            last.removeFirst();
        }
        last.addLast(line);
        try {
            write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(String line) throws IOException {
        // What a step left running may write after its end.
        if (closed || written > LIMIT) {
            return;
        }
        written += line.length() + 1L;
        writer.write(line);
        writer.newLine();
        if (written > LIMIT) {
            writer.write("(the log is full at " + LIMIT / (1024 * 1024) + " MB: the rest was not kept)");
            writer.newLine();
        }
    }

    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be written: " + e.getMessage(), e);
        }
    }
}
