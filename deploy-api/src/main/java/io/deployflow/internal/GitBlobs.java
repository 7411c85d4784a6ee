package io.deployflow.internal;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeContent;
import io.deployflow.internal.ContentCache.Known;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a commit, read out of the repository one by one. */
final class GitBlobs implements TreeContent {
    private static final int READERS = Math.min(4, Runtime.getRuntime().availableProcessors());
    /** So many are read before another process is there. */
    private static final int FEW = 50;
    /** So many a reader takes at a time. */
    private static final int SOME = 16;

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
     * @param size in bytes; 0 where it was not asked for
     */
    record Blob(String id, Kind kind, int mode, long size) {}

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
        Map<String, Known> known = known(before);
        List<Entry> entries = new ArrayList<>();
        try (GitBlobReader reader = new GitBlobReader(git)) {
            for (Map.Entry<String, Blob> each : byPath.entrySet()) {
                Blob blob = each.getValue();
                if (blob.kind() == Kind.LINK) {
                    entries.add(new Entry(each.getKey(), Kind.LINK, blob.mode(), 0, text(reader, blob)));
                } else {
                    Known told = Objects.requireNonNull(known.get(blob.id()));
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

    /** The entries of a manifest that has git's ids for digests; no file is read. */
    List<Entry> outline() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (GitBlobReader reader = new GitBlobReader(git)) {
            for (Map.Entry<String, Blob> each : byPath.entrySet()) {
                Blob blob = each.getValue();
                String digest = blob.kind() == Kind.LINK ? text(reader, blob) : blob.id();
                entries.add(new Entry(each.getKey(), blob.kind(), blob.mode(), blob.size(), digest));
            }
        }
        return entries;
    }

    /** What is known of all files: as it was before, the rest read now. */
    private Map<String, Known> known(Map<String, Known> before) throws IOException {
        Map<String, Known> known = new ConcurrentHashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (Blob blob : byPath.values()) {
            Known content = before.get(blob.id());
            if (content != null) {
                known.put(blob.id(), content);
            } else if (blob.kind() == Kind.FILE) {
                unknown.add(blob.id());
            }
        }
        readAll(new ConcurrentLinkedQueue<>(unknown), Math.min(READERS, 1 + unknown.size() / FEW), known);
        return known;
    }

    /** A machine that knows none has a hundred megabytes to digest before anything else can begin. */
    private void readAll(Queue<String> ids, int readers, Map<String, Known> known) throws IOException {
        List<CompletableFuture<Void>> others = Stream.generate(() -> Aside.run(() -> readSome(ids, known)))
                .limit(readers - 1L)
                .toList();
        try {
            readSome(ids, known);
            others.forEach(CompletableFuture::join);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException broken) {
                throw broken.getCause();
            }
            throw e;
        }
    }

    private void readSome(Queue<String> ids, Map<String, Known> known) {
        try (GitBlobReader reader = new GitBlobReader(git)) {
            for (List<String> some = next(ids); !some.isEmpty(); some = next(ids)) {
                reader.prefetch(some);
                for (String id : some) {
                    known.put(id, read(reader, id));
                }
            }
        } catch (IOException e) {
            ids.clear();
            throw new UncheckedIOException(e);
        }
    }

    /** Few enough that no reader is left with much when the others have ended. */
    private static List<String> next(Queue<String> ids) {
        List<String> some = new ArrayList<>();
        while (some.size() < SOME) {
            String id = ids.poll();
            if (id == null) {
                break;
            }
            some.add(id);
        }
        return some;
    }

    private static String text(GitBlobReader reader, Blob link) throws IOException {
        try (InputStream content = reader.open(link.id())) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Known read(GitBlobReader reader, String id) throws IOException {
        try (GitBlobReader.Content content = reader.open(id)) {
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
            public void prefetch(List<Entry> files) {
                blobs.prefetch(files.stream()
                        .flatMap(file -> Optional.ofNullable(byPath.get(file.path())).stream())
                        .map(Blob::id)
                        .toList());
            }

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
