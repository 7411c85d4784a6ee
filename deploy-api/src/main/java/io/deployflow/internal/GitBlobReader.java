package io.deployflow.internal;

import io.deployflow.CancellationToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads objects out of a repository, one after the other, through one git process; started when first used. */
final class GitBlobReader implements AutoCloseable {
    private static final int HEADER = 200;
    /**
     * So many questions are ahead of their answers: a question and its answer at a time, git and this process would
     * wait for each other. Few enough for the smallest pipe there is (4 KB) to hold them all, whatever git is at, so
     * that this process can always go on to read.
     */
    private static final int AHEAD = 32;

    private final Git git;
    private @Nullable Process process;
    private CancellationToken.@Nullable Registration end;
    private @Nullable Content last;
    private final Deque<String> wanted = new ArrayDeque<>();
    private final Deque<String> asked = new ArrayDeque<>();

    GitBlobReader(Git git) {
        this.git = git;
    }

    /** Tells which objects will be opened next, in this order: they are asked for ahead. */
    void prefetch(List<String> ids) {
        wanted.addAll(ids);
    }

    /** The content of an object; what is left unread of the one before is skipped. */
    Content open(String id) throws IOException {
        Process running = process;
        if (running == null) {
            running = start();
        }
        if (last != null) {
            last.close();
        }
        InputStream answers = running.getInputStream();
        if (!id.equals(asked.isEmpty() ? wanted.peek() : asked.peek())) {
            forget(answers);
            wanted.add(id);
        }
        if (asked.size() < AHEAD / 2) {
            ask(running.getOutputStream());
        }
        Content content = new Content(answers, size(asked.remove(), answers));
        last = content;
        return content;
    }

    private void ask(OutputStream git) throws IOException {
        StringBuilder questions = new StringBuilder();
        while (asked.size() < AHEAD && !wanted.isEmpty()) {
            String id = wanted.remove();
            questions.append(id).append('\n');
            asked.add(id);
        }
        git.write(questions.toString().getBytes(StandardCharsets.US_ASCII));
        git.flush();
    }

    /** Another object is opened than was told. */
    private void forget(InputStream answers) throws IOException {
        wanted.clear();
        while (!asked.isEmpty()) {
            new Content(answers, size(asked.remove(), answers)).close();
        }
    }

    private Process start() throws IOException {
        Process started = git.talk("cat-file", "--batch");
        process = started;
        end = git.endWith(started);
        return started;
    }

    /** Reads {@code ID blob SIZE}. */
    private static long size(String id, InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("git ended before it told the content of object " + id);
            }
            if (line.length() > HEADER) {
                throw new IOException("git does not tell the content of object " + id + ": " + line);
            }
            line.append((char) next);
        }
        String[] words = line.toString().split(" ", -1);
        if (words.length != 3 || !words[1].equals("blob")) {
            throw new IOException("git has no file for object " + id + ": " + line);
        }
        return Long.parseLong(words[2]);
    }

    @Override
    public void close() throws IOException {
        if (end != null) {
            end.close();
        }
        if (process != null) {
            // It only reads, so nothing is left half done; and it need not hear the end of its input.
            process.destroyForcibly();
            process.getOutputStream().close();
        }
    }

    /** As many bytes as the object has; closing it skips the rest and the newline behind. */
    static final class Content extends FilterInputStream {
        private final long size;
        private long left;
        private boolean closed;

        private Content(InputStream answers, long size) {
            super(answers);
            this.size = size;
            this.left = size;
        }

        /** Its length in bytes. */
        long size() {
            return size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(buffer, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new IOException("git ended " + left + " bytes before the end of a file");
            }
            left -= count;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(in.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                in.skipNBytes(left + 1);
                left = 0;
            }
        }
    }
}
