package io.deployflow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Every entry of a release tree, sorted by path bytes, so that equal trees have equal manifests.
 *
 * @param entries files, directories and symbolic links; the root itself is left out
 */
public record Manifest(List<Entry> entries) {

    /** What an entry is. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link. */
        LINK
    }

    /**
     * One entry.
     *
     * @param path relative to the root, with {@code /} between its parts, each <em>byte</em> of the name as one char
     *     (ISO-8859-1), so that a name that is not UTF-8 survives; {@link #displayPath()} is for people
     * @param kind what it is
     * @param mode permission bits, such as {@code 0755}
     * @param size length in bytes; 0 for directories and links
     * @param digest SHA-256 in hexadecimal of a file's content, where the tree's maker does not name another digest; a
     *     link's target (bytes as chars); empty for a directory
     */
    public record Entry(String path, Kind kind, int mode, long size, String digest) {
        /** Checks that nothing is missing. */
        public Entry {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(digest, "digest");
        }

        /** The path decoded as UTF-8, for people. */
        public String displayPath() {
            return new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    /** Copies the list. */
    public Manifest {
        entries = List.copyOf(entries);
    }

    /** The sum of the files' sizes, in bytes. */
    public long bytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }
}
