package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides many files among some layers by the digests of their paths: a changed file changes one of them, and a new one
 * moves no other. A part that is too large is divided again, alone.
 */
final class LayerSplit {
    /** A layer of this size is sent in no time. */
    private static final long LARGE = 2L << 20;
    /** At most sixteen: an image may have 127, and each costs a container's start a little. */
    private static final int DEPTH = 4;

    private final String name;
    private final List<LayerContent> parts = new ArrayList<>();

    private LayerSplit(String name) {
        this.name = name;
    }

    static List<LayerContent> split(String name, List<ImageEntry> entries) {
        LayerSplit split = new LayerSplit(name);
        MessageDigest digest = Digests.sha256();
        split.divide(entries.stream().map(entry -> Placed.of(entry, digest)).toList(), "");
        return split.parts;
    }

    private record Placed(ImageEntry entry, int place) {
        static Placed of(ImageEntry entry, MessageDigest digest) {
            byte[] ofPath = digest.digest(entry.path().getBytes(StandardCharsets.UTF_8));
            return new Placed(entry, ofPath[0] >> DEPTH & (1 << DEPTH) - 1);
        }

        boolean isOne(int bit) {
            return (place >> (DEPTH - 1 - bit) & 1) == 1;
        }
    }

    private void divide(List<Placed> entries, String bits) {
        if (entries.isEmpty()) {
            return;
        }
        long bytes = entries.stream().mapToLong(each -> each.entry().size()).sum();
        if (bits.length() == DEPTH || bytes <= LARGE) {
            parts.add(new LayerContent(
                    bits.isEmpty() ? name : name + "-" + bits,
                    entries.stream().map(Placed::entry).toList()));
            return;
        }
        int bit = bits.length();
        divide(entries.stream().filter(each -> !each.isOne(bit)).toList(), bits + "0");
        divide(entries.stream().filter(each -> each.isOne(bit)).toList(), bits + "1");
    }
}
