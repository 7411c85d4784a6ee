package io.deployflow.internal;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeContent;
import io.deployflow.internal.ContentCache.Known;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of a commit, read out of the repository one by one. */
final class GitBlobs implements TreeContent {
    private final Git git;
    private final Map<String, Blob> byPath;
    private final Time time;
    private @Nullable Instant told;

    /** When the commit was made: asked for by those only who tell files' times. */
    @FunctionalInterface
    interface Time {
        Instant ask() throws IOException;
    }

    /**
     * What git stores of an entry.
     *
     * @param id the object's
     * @param mode permission bits
     */
    record Blob(String id, Kind kind, int mode) {}

    /**
     * Some files.
     *
     * @param byPath by path, bytes as chars
     * @param time the commit's: that of all of its files
     */
    GitBlobs(Git git, Map<String, Blob> byPath, Time time) {
        this.git = git;
        this.byPath = Map.copyOf(byPath);
        this.time = time;
    }

    /** The entries of a manifest; only content that nobody knows is read. */
    List<Entry> entries(ContentCache cache) throws IOException {
        Map<String, Known> before = cache.load();
        Map<String, Known> known = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        try (GitBlobReader reader = new GitBlobReader(git)) {
            for (Map.Entry<String, Blob> each : byPath.entrySet()) {
                Blob blob = each.getValue();
                if (blob.kind() == Kind.LINK) {
                    entries.add(new Entry(each.getKey(), Kind.LINK, blob.mode(), 0, text(reader, blob)));
                } else {
                    Known content = known.getOrDefault(blob.id(), before.get(blob.id()));
                    Known told = content == null ? read(reader, blob) : content;
                    known.put(blob.id(), told);
                    entries.add(new Entry(each.getKey(), Kind.FILE, blob.mode(), told.size(), told.digest()));
                }
            }
        }
        // What an object is known to be never changes.
        if (!known.keySet().equals(before.keySet())) {
            cache.save(known);
        }
        return entries;
    }

    private static String text(GitBlobReader reader, Blob link) throws IOException {
        try (InputStream content = reader.open(link.id())) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Known read(GitBlobReader reader, Blob file) throws IOException {
        try (GitBlobReader.Content content = reader.open(file.id())) {
            return new Known(content.size(), TreeDigest.ofContent(content));
        }
    }

    private synchronized Instant time() throws IOException {
        Instant known = told;
        if (known == null) {
            known = time.ask();
            told = known;
        }
        return known;
    }

    @Override
    public Reader reader() {
        GitBlobReader blobs = new GitBlobReader(git);
        return new Reader() {
            @Override
            public InputStream open(Manifest.Entry file) throws IOException {
                Blob blob = byPath.get(file.path());
                if (blob == null) {
                    throw new IOException(file.displayPath() + " is not in the commit");
                }
                return blobs.open(blob.id());
            }

            @Override
            public Instant modified(Manifest.Entry file) throws IOException {
                return time();
            }

            @Override
            public void close() throws IOException {
                blobs.close();
            }
        };
    }
}
