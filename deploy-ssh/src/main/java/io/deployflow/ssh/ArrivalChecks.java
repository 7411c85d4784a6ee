package io.deployflow.ssh;

import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a host runs to tell that what was sent has arrived whole: the digest of every file, the text of every link. That
 * nothing is missing or in excess, the comparison with the manifest tells. Paths are bytes as chars (ISO-8859-1).
 *
 * @param sums lines for {@code sha256sum -c} beside {@code new}, where the entries are
 * @param script what to source in {@code new}, with {@code $sum} set, for what {@code sums} does not tell; exits 1 at
 *     the first difference; empty where there is nothing to tell
 */
record ArrivalChecks(String sums, String script) {
    private static final String START = """
            bad() { echo "$1 is not as it was sent" >&2; exit 1; }
            """;

    /** The checks of some entries of a tree. */
    static ArrivalChecks of(List<Entry> sent) {
        String sums = files(sent)
                .filter(entry -> !isOdd(entry.path()))
                .map(entry -> entry.digest() + "  new/" + entry.path() + "\n")
                .collect(Collectors.joining());
        String others = odd(sent) + links(sent);
        return new ArrivalChecks(sums, others.isEmpty() ? "" : START + others);
    }

    /** Files that {@code sums} cannot ask for. */
    static String odd(List<Entry> entries) {
        return files(entries)
                .filter(entry -> isOdd(entry.path()))
                .map(entry -> "[ \"$($sum < %s | cut -c1-64)\" = %s ] || bad %s%n"
                        .formatted(path(entry), entry.digest(), path(entry)))
                .collect(Collectors.joining());
    }

    private static String links(List<Entry> entries) {
        return of(entries, Kind.LINK)
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

    private static Stream<Entry> files(List<Entry> entries) {
        return of(entries, Kind.FILE);
    }

    private static Stream<Entry> of(List<Entry> entries, Kind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind);
    }
}
