package io.deployflow.ecs.internal.layers;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The layers of an image from the bottom up.
 *
 * @param rules what a lower layer takes, one above it leaves out
 */
public record Stack(List<LayerRule> rules) {
    private static final int DIRECTORY_MODE = 0755;
    /** Directories of every image that are not {@code 0755}. */
    private static final Map<String, Integer> MODES = Map.of("tmp", 01777, "var/tmp", 01777, "root", 0700);

    /** Copies the list. */
    public Stack {
        rules = List.copyOf(rules);
    }

    /** Divides a tree: for each rule the layers that it becomes, none where it takes nothing. */
    public List<List<LayerContent>> divide(Manifest tree) {
        List<List<LayerContent>> layers = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (LayerRule rule : rules) {
            Map<String, ImageEntry> directories = new HashMap<>();
            List<ImageEntry> entries = new ArrayList<>();
            for (Manifest.Entry entry : tree.entries()) {
                Optional<ImageEntry> mine = taken.contains(entry.path()) ? Optional.empty() : rule.take(entry);
                if (mine.isPresent() && mine.get().kind() == Kind.DIRECTORY) {
                    directories.put(mine.get().path(), mine.get());
                } else if (mine.isPresent()) {
                    entries.add(mine.get());
                    taken.add(entry.path());
                }
            }
            entries.addAll(empty(directories, entries));
            layers.add(parts(rule, entries).stream()
                    .map(part -> new LayerContent(part.name(), withParents(part.entries(), directories, rule)))
                    .toList());
        }
        return layers;
    }

    private static List<LayerContent> parts(LayerRule rule, List<ImageEntry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return rule.split() ? LayerSplit.split(rule.name(), entries) : List.of(new LayerContent(rule.name(), entries));
    }

    /** Directories that no other entry brings with it. */
    private static List<ImageEntry> empty(Map<String, ImageEntry> directories, List<ImageEntry> entries) {
        Set<String> brought = new HashSet<>();
        entries.forEach(entry -> brought.addAll(parents(entry.path())));
        directories.keySet().forEach(path -> brought.addAll(parents(path)));
        return directories.values().stream()
                .filter(directory -> !brought.contains(directory.path()))
                .toList();
    }

    /** An engine would make directories that are missing with a mode and a time of its own. */
    private static List<ImageEntry> withParents(
            List<ImageEntry> entries, Map<String, ImageEntry> directories, LayerRule rule) {
        Map<String, ImageEntry> all = new TreeMap<>();
        for (ImageEntry entry : entries) {
            all.put(entry.path(), entry);
            for (String parent : parents(entry.path())) {
                all.computeIfAbsent(
                        parent,
                        path -> Optional.ofNullable(directories.get(path)).orElseGet(() -> onTheWay(path, rule)));
            }
        }
        return List.copyOf(all.values());
    }

    private static ImageEntry onTheWay(String path, LayerRule rule) {
        boolean isAbove = rule.to().startsWith(path + "/");
        return ImageEntry.directory(
                path, MODES.getOrDefault(path, DIRECTORY_MODE), isAbove ? Owner.ROOT : rule.owner());
    }

    private static List<String> parents(String path) {
        List<String> parents = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            parents.add(path.substring(0, slash));
        }
        return parents;
    }
}
