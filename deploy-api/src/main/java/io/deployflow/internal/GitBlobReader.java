package io.deployflow.internal;

import io.deployflow.CancellationToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects out of a repository, one after the other, through one git process; started when first used. Git may
 * hang as long as what the repository is on: on a network, for one. So it is ended, and whoever waits for it goes on,
 * when nothing is wanted any more.
 */
final class GitBlobReader implements AutoCloseable {
    private static final int HEADER = 200;

    private final Git git;
    private final CancellationToken until;
    private @Nullable Process process;
    private CancellationToken.@Nullable Registration end;
    private @Nullable Content last;

    /**
     * Reads from a repository.
     *
     * @param until ends the reading, also in the middle of it
     */
    GitBlobReader(Git git, CancellationToken until) {
        this.git = git;
        this.until = until;
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
        OutputStream questions = running.getOutputStream();
        questions.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
        questions.flush();
        Content content = new Content(running.getInputStream(), size(id, running.getInputStream()));
        last = content;
        return content;
    }

    private Process start() throws IOException {
        Process started = git.talk("cat-file", "--batch");
        process = started;
        end = until.onCancel(() -> kill(started));
        return started;
    }

    /** With what it may have started to fetch an object that is not here. */
    private static void kill(Process process) {
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroyForcibly();
        helpers.forEach(ProcessHandle::destroyForcibly);
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
