package io.deployflow.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a process writes to its error stream, aside, so that a full pipe never stops it.
 *
 * @param read what came so far
 * @param reading ends with the stream
 */
record ErrorText(ByteArrayOutputStream read, CompletableFuture<Void> reading) {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    static ErrorText of(Process process) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        return new ErrorText(read, Aside.run(() -> read(process, read)));
    }

    /** All of it, of a process that has ended; what it has started may hold the stream open, and is not waited for. */
    String text() {
        reading.completeOnTimeout(null, MOMENT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return read.toString(StandardCharsets.UTF_8).strip();
    }

    private static void read(Process process, ByteArrayOutputStream into) {
        try {
            process.getErrorStream().transferTo(into);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the error output of " + process.info(), e);
        }
    }
}
