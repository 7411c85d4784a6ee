package io.deployflow.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Reads what a process writes to its error stream, aside, so that a full pipe never stops it. */
record ErrorText(CompletableFuture<String> reading) {

    static ErrorText of(Process process) {
        return new ErrorText(CompletableFuture.supplyAsync(() -> read(process)));
    }

    /** Waits for the stream's end. */
    String text() {
        return reading.join().strip();
    }

    private static String read(Process process) {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the error output of " + process.info(), e);
        }
    }
}
