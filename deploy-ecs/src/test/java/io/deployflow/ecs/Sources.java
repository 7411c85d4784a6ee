package io.deployflow.ecs;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sources in memory. */
final class Sources {
    private Sources() {}

    /** Files, each as its name, or as its name, {@code =} and its text. */
    static SourceFiles of(String... files) {
        Map<String, String> texts = new LinkedHashMap<>();
        Arrays.stream(files)
                .map(file -> file.split("=", 2))
                .forEach(file -> texts.put(file[0], file.length < 2 ? "" : file[1]));
        List<Entry> entries = texts.entrySet().stream()
                .map(file -> new Entry(
                        file.getKey(), Kind.FILE, 0644, file.getValue().length(), "0"))
                .toList();
        return new SourceFiles(
                new TreeArtifact(Revision.commit("0123456789"), new Manifest(entries), new Texts(texts)));
    }

    private record Texts(Map<String, String> byName) implements TreeContent, TreeContent.Reader {
        @Override
        public TreeContent.Reader reader() {
            return this;
        }

        @Override
        public InputStream open(Entry file) {
            return new ByteArrayInputStream(byName.getOrDefault(file.path(), "").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Instant modified(Entry file) {
            return Instant.EPOCH;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
