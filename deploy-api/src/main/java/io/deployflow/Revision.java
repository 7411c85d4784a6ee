package io.deployflow;

import java.util.Objects;

/**
 * The version of a source: a commit id, or a digest of its content where there is no repository.
 *
 * @param kind where the id comes from
 * @param id lower-case hexadecimal, whole (40 or 64 digits)
 */
public record Revision(Kind kind, String id) {
    private static final int SHORT = 10;

    /** Where a revision's id comes from. */
    public enum Kind {
        /** A git commit. */
        COMMIT,
        /** SHA-256 over names, modes and contents of the source directory. */
        DIGEST
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is not hexadecimal
     */
    public Revision {
        Objects.requireNonNull(kind, "kind");
        if (!id.matches("[0-9a-f]{7,64}")) {
            throw new IllegalArgumentException("revision '" + id + "' is not a hexadecimal id");
        }
    }

    /** A git commit. */
    public static Revision commit(String id) {
        return new Revision(Kind.COMMIT, id);
    }

    /** A digest of the content. */
    public static Revision digest(String id) {
        return new Revision(Kind.DIGEST, id);
    }

    /** The first ten digits: enough for a person, never used to look anything up. */
    public String shortId() {
        return id.substring(0, Math.min(SHORT, id.length()));
    }

    @Override
    public String toString() {
        return id;
    }
}
