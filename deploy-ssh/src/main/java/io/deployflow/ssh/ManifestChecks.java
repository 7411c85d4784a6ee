package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a host runs to tell that a tree arrived whole: the number of entries of each kind, the digest of every file, the
 * text of every link. Paths are bytes as chars (ISO-8859-1), as in the manifest.
 *
 * @param sums lines for {@code sha256sum -c}
 * @param script what to source in the tree's root, with {@code $sum} set; exits 1 at the first difference
 */
record ManifestChecks(String sums, String script) {
    private static final int EXECUTABLE = 0100;

    // -exec + instead of a pipe of names: a name may hold a newline.
    private static final String COUNT = """
            bad() { echo "$1" >&2; exit 1; }
            count() { find . "$@" -exec sh -c 'for entry do printf x; done' sh {} + | wc -c; }
            """;

    private static final String VERIFY_SUMS = """
            out=$($sum -c ../meta/sums 2>&1) || { printf '%s\\n' "$out" | grep -v ': OK$' >&2; exit 1; }
            """;

    /** The checks of a tree. */
    static ManifestChecks of(Manifest manifest) {
        String sums = files(manifest)
                .filter(entry -> !isOdd(entry.path()))
                .map(entry -> entry.digest() + "  ./" + entry.path() + "\n")
                .collect(Collectors.joining());
        return new ManifestChecks(
                sums, COUNT + counts(manifest) + (sums.isEmpty() ? "" : VERIFY_SUMS) + odd(manifest) + links(manifest));
    }

    private static String counts(Manifest manifest) {
        long files = files(manifest).count();
        long executables = files(manifest)
                .filter(entry -> (entry.mode() & EXECUTABLE) != 0)
                .count();
        return count("files", "-type f", files)
                + count("executable files", "-type f -perm -100", executables)
                + count(
                        "directories",
                        "! -name . -type d",
                        of(manifest, Kind.DIRECTORY).count())
                + count("links", "-type l", of(manifest, Kind.LINK).count());
    }

    private static String count(String what, String test, long expected) {
        return "[ $(count %s) -eq %d ] || bad 'not %d %s'%n".formatted(test, expected, expected, what);
    }

    private static String odd(Manifest manifest) {
        return files(manifest)
                .filter(entry -> isOdd(entry.path()))
                .map(entry -> "[ \"$($sum < %s | cut -c1-64)\" = %s ] || bad %s%n"
                        .formatted(path(entry), entry.digest(), path(entry)))
                .collect(Collectors.joining());
    }

    private static String links(Manifest manifest) {
        return of(manifest, Kind.LINK)
                .map(entry -> "[ \"$(readlink %s)\" = %s ] || bad %s%n"
                        .formatted(path(entry), Sh.quote(withoutNewlines(entry.digest())), path(entry)))
                .collect(Collectors.joining());
    }

    // What $( ) leaves of the end of a text.
    private static String withoutNewlines(String text) {
        return text.replaceFirst("\n+\\z", "");
    }

    // sha256sum escapes these in its lists, busybox's does not.
    private static boolean isOdd(String path) {
        return path.contains("\n") || path.contains("\r") || path.contains("\\");
    }

    private static String path(Entry entry) {
        return Sh.quote("./" + entry.path());
    }

    private static Stream<Entry> files(Manifest manifest) {
        return of(manifest, Kind.FILE);
    }

    private static Stream<Entry> of(Manifest manifest, Kind kind) {
        return manifest.entries().stream().filter(entry -> entry.kind() == kind);
    }

    /** SHA-256 of script and sums, one after the other. */
    String digest() {
        return Digests.sha256((script + sums).getBytes(StandardCharsets.ISO_8859_1));
    }
}
