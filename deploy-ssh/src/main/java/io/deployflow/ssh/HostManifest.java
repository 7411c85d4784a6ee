package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The manifest as a host keeps it beside a release: one line an entry, the lines sorted by their bytes, so that
 * {@code sort} and {@code uniq} work on it there and equal trees have equal digests.
 *
 * <pre>
 * -rwxr-xr-x 1042 SHA256-OF-CONTENT ./bin/run
 * drwxr-xr-x - - ./bin
 * l 7 SHA256-OF-TEXT ./link
 * \-rw-r--r-- 3 SHA256 ./two\nlines
 * </pre>
 *
 * <p>The last is how a path with a newline stands there; only in such a line a backslash is escaped too. Paths are
 * bytes as chars (ISO-8859-1), as in {@link Manifest}.
 *
 * @param entries sorted by {@link Entry#line}
 */
record HostManifest(List<Entry> entries) {

    /**
     * One entry.
     *
     * @param mode what {@code ls} shows of a file or directory, such as {@code -rwxr-xr-x}; {@code l} for a link
     * @param size in bytes; {@code -} for a directory
     * @param digest SHA-256 of a file's content or of a link's text; {@code -} for a directory
     * @param path relative to the root, without {@code ./}
     */
    record Entry(String mode, String size, String digest, String path) {
        boolean isDirectory() {
            return mode.startsWith("d");
        }

        /** Whether its owner may look into it and change it: true for what is no directory. */
        boolean isOpen() {
            return !isDirectory() || (mode.substring(1, 3).equals("rw") && "xs".indexOf(mode.charAt(3)) >= 0);
        }

        /** Its line, without the end. */
        String line() {
            boolean odd = path.indexOf('\n') >= 0;
            return (odd ? "\\" : "") + mode + " " + size + " " + digest + " ./" + (odd ? escaped(path) : path);
        }
    }

    HostManifest {
        entries = List.copyOf(entries);
    }

    /** No entry at all. */
    static HostManifest empty() {
        return new HostManifest(List.of());
    }

    /** The same tree as a host would note it down. */
    static HostManifest of(Manifest manifest) {
        return new HostManifest(manifest.entries().stream()
                .map(HostManifest::entry)
                .sorted(Comparator.comparing(Entry::line))
                .toList());
    }

    private static Entry entry(Manifest.Entry entry) {
        return switch (entry.kind()) {
            case FILE ->
                new Entry(
                        Modes.shown(Kind.FILE, entry.mode()),
                        Long.toString(entry.size()),
                        entry.digest(),
                        entry.path());
            case DIRECTORY -> new Entry(Modes.shown(Kind.DIRECTORY, entry.mode()), "-", "-", entry.path());
            case LINK ->
                new Entry("l", Integer.toString(entry.digest().length()), digest(entry.digest()), entry.path());
        };
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if a line is none of a manifest
     */
    static HostManifest parse(String text) {
        // Not lines(): a path may hold a carriage return.
        return new HostManifest(Stream.of(text.split("\n"))
                .filter(line -> !line.isEmpty())
                .map(HostManifest::parseLine)
                .toList());
    }

    private static Entry parseLine(String line) {
        boolean odd = line.startsWith("\\");
        String[] parts = (odd ? line.substring(1) : line).split(" ", 4);
        if (parts.length < 4 || !parts[3].startsWith("./")) {
            throw new IllegalArgumentException("no line of a manifest: " + line);
        }
        String path = parts[3].substring(2);
        return new Entry(parts[0], parts[1], parts[2], odd ? unescaped(path) : path);
    }

    /** All lines, each with its end; bytes as chars. */
    String text() {
        return entries.stream().map(entry -> entry.line() + "\n").collect(Collectors.joining());
    }

    /** SHA-256 of the text. */
    String digest() {
        return digest(text());
    }

    private static String digest(String bytes) {
        return Digests.sha256(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String escaped(String path) {
        return path.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescaped(String path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '\\' && i + 1 < path.length()) {
                i++;
                text.append(path.charAt(i) == 'n' ? '\n' : path.charAt(i));
            } else {
                text.append(path.charAt(i));
            }
        }
        return text.toString();
    }
}
