package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
 */
final class HostManifest {
    // In the order of the lines. Text and digests are asked for again and again: once for each host.
    private final Map<String, Entry> byLine;
    private final String text;
    private final String digest;
    private @Nullable String listingDigest;

    private HostManifest(Map<String, Entry> byLine, String text) {
        this.byLine = byLine;
        this.text = text;
        this.digest = digest(text);
    }

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

        boolean isFile() {
            return mode.startsWith("-");
        }

        /** Whether its owner may look into it and change it: true for what is no directory. */
        boolean isOpen() {
            return !isDirectory() || (mode.substring(1, 3).equals("rw") && "xs".indexOf(mode.charAt(3)) >= 0);
        }

        /** Its line, without the end. */
        String line() {
            return line(digest + " ");
        }

        /** The same without the digest: what a host finds without reading the file. */
        String listed() {
            return line("");
        }

        private String line(String middle) {
            boolean odd = path.indexOf('\n') >= 0;
            return (odd ? "\\" : "") + mode + " " + size + " " + middle + "./" + (odd ? escaped(path) : path);
        }
    }

    /** No entry at all. */
    static HostManifest empty() {
        return of(new Manifest(List.of()));
    }

    /** The same tree as a host would note it down. */
    static HostManifest of(Manifest manifest) {
        Map<String, Entry> byLine = new TreeMap<>();
        for (Manifest.Entry each : manifest.entries()) {
            Entry entry = entry(each);
            byLine.put(entry.line(), entry);
        }
        return new HostManifest(byLine, text(byLine.keySet()));
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
        Map<String, Entry> byLine = new LinkedHashMap<>();
        // Not lines(): a path may hold a carriage return.
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                byLine.put(line, parseLine(line));
            }
        }
        return new HostManifest(byLine, text);
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

    /** The entries, in the order of their lines. */
    List<Entry> entries() {
        return List.copyOf(byLine.values());
    }

    /** The entries that another manifest does not have as they are here. */
    List<Entry> without(HostManifest other) {
        List<Entry> entries = new ArrayList<>();
        byLine.forEach((line, entry) -> {
            if (!other.byLine.containsKey(line)) {
                entries.add(entry);
            }
        });
        return entries;
    }

    /** All lines, each with its end; bytes as chars. */
    String text() {
        return text;
    }

    private static String text(Collection<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * SHA-256 of what a host finds of the tree without reading any file: the lines without their digests, sorted by
     * their bytes.
     */
    synchronized String listingDigest() {
        String known = listingDigest;
        if (known == null) {
            known = digest(
                    text(byLine.values().stream().map(Entry::listed).sorted().toList()));
            listingDigest = known;
        }
        return known;
    }

    /** SHA-256 of the text. */
    String digest() {
        return digest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostManifest manifest && text.equals(manifest.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
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
