package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.PushException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tree as it is to stand on a host: what is linked into {@code shared/} is a link there, whatever the source has in
 * its place.
 *
 * @param deployTo the directory on the host
 * @param linked paths of the release that are links into {@code shared/}
 */
record LinkedTree(String deployTo, List<String> linked) {
    private static final int MODE = 0755;
    private static final int LINK_MODE = 0777;

    /**
     * The entries on the host.
     *
     * @throws PushException if what is above a linked path is no directory: the link would be made outside of the
     *     release, or not at all
     */
    Manifest of(Manifest source) {
        List<String> paths = linked.stream().map(LinkedTree::bytes).toList();
        Map<String, Entry> entries = source.entries().stream()
                .filter(entry -> paths.stream().noneMatch(path -> isAt(path, entry.path())))
                .collect(Collectors.toMap(Entry::path, Function.identity(), (one, other) -> one, TreeMap::new));
        for (String path : paths) {
            addParents(path, entries);
            entries.put(path, new Entry(path, Kind.LINK, LINK_MODE, 0, bytes(deployTo) + "/shared/" + path));
        }
        return new Manifest(entries.values().stream()
                .sorted(Comparator.comparing(Entry::path))
                .toList());
    }

    private static void addParents(String path, Map<String, Entry> entries) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            Entry entry = entries.computeIfAbsent(above, name -> new Entry(name, Kind.DIRECTORY, MODE, 0, ""));
            if (entry.kind() != Kind.DIRECTORY) {
                throw new PushException(
                        "'%s' is to be linked into shared/, but '%s' is a %s in the tree"
                                .formatted(path, above, entry.kind() == Kind.LINK ? "link" : "file"),
                        "Exclude '" + above + "', or link '" + above + "' itself.");
            }
        }
    }

    private static boolean isAt(String linked, String path) {
        return path.equals(linked) || path.startsWith(linked + "/");
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
