package io.deployflow.ecs.internal.layers;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tree in memory. */
final class TestTrees implements TreeContent, TreeContent.Reader {
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<Entry> others = new ArrayList<>();

    TestTrees file(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestTrees entry(Entry entry) {
        others.add(entry);
        return this;
    }

    TestTrees link(String path, String target) {
        return entry(new Entry(path, Kind.LINK, 0777, 0, target));
    }

    Manifest manifest() {
        List<Entry> entries = new ArrayList<>(others);
        files.forEach((path, bytes) -> entries.add(new Entry(path, Kind.FILE, 0644, bytes.length, GitId.of(bytes))));
        entries.sort(Comparator.comparing(Entry::path));
        return new Manifest(entries);
    }

    static LayerRule rule(String name, String from, String to) {
        return new LayerRule(name, List.of(from), to, path -> false, Owner.ROOT, path -> Optional.empty(), false);
    }

    static LayerRule split(String name, String to) {
        return new LayerRule(name, List.of("."), to, path -> false, Owner.ROOT, path -> Optional.empty(), true);
    }

    @Override
    public TreeContent.Reader reader() {
        return this;
    }

    @Override
    public InputStream open(Entry file) {
        return new ByteArrayInputStream(files.getOrDefault(file.path(), new byte[0]));
    }

    @Override
    public Instant modified(Entry file) {
        return Instant.now();
    }

    @Override
    public void close() {
        // It is all in memory.
    }
}
