package io.deployflow.benchmark.swarm;

import java.nio.charset.StandardCharsets;

/**
 * Replaces a word by another of the same length in a stream of bytes, so that hosts within one process have directories
 * of their own though they are all told the same one. Bytes pass at once: who waits for one would wait for ever.
 */
final class Renaming {
    private final byte[] word;
    private final byte[] other;
    private int matched;

    /**
     * Replaces.
     *
     * @param word must have its first letter nowhere else in it
     * @param other differs from it at its end only: what precedes it has passed already when the end comes
     */
    Renaming(String word, String other) {
        this.word = word.getBytes(StandardCharsets.US_ASCII);
        this.other = other.getBytes(StandardCharsets.US_ASCII);
        if (this.word.length != this.other.length) {
            throw new IllegalArgumentException("'" + word + "' and '" + other + "' are not of the same length");
        }
    }

    /** Changes the next bytes of the stream in place. */
    void apply(byte[] bytes, int count) {
        for (int at = 0; at < count; at++) {
            if (bytes[at] == word[matched]) {
                bytes[at] = other[matched];
                matched = (matched + 1) % word.length;
            } else {
                matched = bytes[at] == word[0] ? 1 : 0;
            }
        }
    }
}
