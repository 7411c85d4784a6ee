package io.deployflow.ecs.internal.layers;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import io.deployflow.ecs.internal.registry.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;

/**
 * What is in a layer.
 *
 * @param name for people
 * @param entries sorted by path, so that a directory stands before what is in it
 */
public record LayerContent(String name, List<ImageEntry> entries) {
    /** Changes when the same entries would give other bytes. */
    private static final String FORMAT = "deployflow layer 3\n";

    /** Sorts the entries. */
    public LayerContent {
        entries =
                entries.stream().sorted(Comparator.comparing(ImageEntry::path)).toList();
    }

    /** The sum of the files' sizes in bytes. */
    public long bytes() {
        return entries.stream().mapToLong(ImageEntry::size).sum();
    }

    /** The source's files among them, in the order in which a layer has them. */
    List<Manifest.Entry> files() {
        return entries.stream()
                .filter(entry -> entry.kind() == Kind.FILE)
                .flatMap(entry -> entry.source().stream())
                .toList();
    }

    /** SHA-256 in hexadecimal of all that its bytes depend on, told without reading any file. */
    public String key() {
        MessageDigest digest = Digests.sha256();
        digest.update(FORMAT.getBytes(StandardCharsets.US_ASCII));
        StringBuilder line = new StringBuilder();
        for (ImageEntry entry : entries) {
            line.setLength(0);
            line.append(entry.path()).append('\0').append(entry.kind().name().charAt(0));
            line.append(entry.mode()).append('\0').append(entry.owner().user()).append('\0');
            line.append(entry.owner().group()).append('\0').append(entry.size()).append('\0');
            line.append(entry.content()).append('\0');
            digest.update(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return Digests.hex(digest);
    }
}
