package io.deployflow.ssh;

import io.deployflow.ssh.HostManifest.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes one tree out of a copy of another. A file whose mode alone changed is sent whole: in a copy by hard links
 * its mode is the old release's too.
 *
 * @param base what the copy is of
 * @param next what it is to become
 */
record TreeDelta(HostManifest base, HostManifest next) {

    /** Everything of a tree, where there is nothing to begin with. */
    static TreeDelta whole(HostManifest next) {
        return new TreeDelta(HostManifest.empty(), next);
    }

    /** Whether there is nothing to begin with. */
    boolean isWhole() {
        return base.entries().isEmpty();
    }

    /** Whether the trees are the same. */
    boolean isEmpty() {
        return base.equals(next);
    }

    /** Entries of the base that are not in the next tree as they are. */
    List<Entry> removed() {
        return base.without(next);
    }

    /** Entries of the next tree that are not in the base as they are. */
    List<Entry> added() {
        return next.without(base);
    }

    /**
     * Paths to remove from the copy before anything is put there: what went, links that lead elsewhere now, and what
     * became something of another kind. A directory stands for all below it.
     */
    List<String> gone() {
        Set<String> files = pathsThatStay(Entry::isFile);
        Set<String> directories = pathsThatStay(Entry::isDirectory);
        Set<String> gone = new TreeSet<>();
        removed().stream().map(Entry::path).sorted().forEach(path -> {
            boolean stays = files.contains(path) || directories.contains(path);
            if (!stays && parents(path).stream().noneMatch(gone::contains)) {
                gone.add(path);
            }
        });
        return List.copyOf(gone);
    }

    /** Paths of files of the copy whose place another file takes. */
    List<String> replaced() {
        Set<String> files = pathsThatStay(Entry::isFile);
        return removed().stream().map(Entry::path).filter(files::contains).toList();
    }

    private Set<String> pathsThatStay(Predicate<Entry> kind) {
        Set<String> paths = paths(base, kind);
        paths.retainAll(paths(next, kind));
        return paths;
    }

    private static Set<String> paths(HostManifest tree, Predicate<Entry> kind) {
        return tree.entries().stream().filter(kind).map(Entry::path).collect(Collectors.toCollection(HashSet::new));
    }

    /** Paths of all that is sent: what was added, and the directories above it. */
    Set<String> sent() {
        Set<String> paths = new TreeSet<>();
        for (Entry entry : added()) {
            paths.add(entry.path());
            paths.addAll(parents(entry.path()));
        }
        return paths;
    }

    /** Directories of the copy that must be made writable first: something in them goes, changes or comes. */
    List<String> locked() {
        Map<String, Entry> before = byPath(base.entries());
        Set<String> touched = new TreeSet<>(sent());
        for (Entry entry : removed()) {
            touched.add(entry.path());
            touched.addAll(parents(entry.path()));
        }
        return touched.stream()
                .map(before::get)
                .filter(entry -> entry != null && !entry.isOpen())
                .map(Entry::path)
                .toList();
    }

    /**
     * The modes that directories are given in the end, each with its directories, the deepest first: those that are not
     * open to their owner, so that nothing could be put into them, and those that had another before.
     */
    Map<String, List<String>> lastModes() {
        Map<String, Entry> before = byPath(base.entries());
        Map<String, Entry> after = byPath(next.entries());
        Map<String, List<String>> modes = new LinkedHashMap<>();
        Stream.of(sent(), locked())
                .flatMap(Collection::stream)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .forEach(path -> {
                    Entry entry = after.get(path);
                    Entry old = before.get(path);
                    boolean differs = old != null && old.isDirectory() && !old.equals(entry);
                    if (entry != null && entry.isDirectory() && (differs || !entry.isOpen())) {
                        modes.computeIfAbsent(entry.mode(), mode -> new ArrayList<>())
                                .add(path);
                    }
                });
        return modes;
    }

    private static Map<String, Entry> byPath(List<Entry> entries) {
        Map<String, Entry> map = new HashMap<>();
        entries.forEach(entry -> map.put(entry.path(), entry));
        return map;
    }

    private static List<String> parents(String path) {
        List<String> parents = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            parents.add(path.substring(0, slash));
        }
        return parents;
    }
}
