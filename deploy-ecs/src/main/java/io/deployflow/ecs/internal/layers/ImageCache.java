package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier builds left on this machine: blobs by digest, and short texts by key. Several builds may use it at once:
 * whatever is in it came there by one rename, and is checked against its digest when it is used. Nothing fails for it:
 * what is missing or damaged is made again, what cannot be written is kept in the deploy's own directory.
 */
public final class ImageCache {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCache.class);

    private final Path root;
    private final Path spare;
    private final CacheLimit limit;
    private final Map<Path, Stamp> proven = new ConcurrentHashMap<>();

    /**
     * A cache.
     *
     * @param root where it is; made when something is put there
     * @param spare a directory of this deploy's own, for what does not fit
     * @param bytes how much the blobs may be
     */
    public ImageCache(Path root, Path spare, long bytes) {
        this.root = root;
        this.spare = spare;
        this.limit = new CacheLimit(root.resolve("blobs"), bytes);
    }

    /** Makes a file. */
    @FunctionalInterface
    public interface Maker<T> {
        /**
         * Writes it.
         *
         * @param file is not there yet, or what an attempt before has left of it
         */
        T write(Path file) throws IOException;
    }

    /** Tells the digest of what was made. */
    @FunctionalInterface
    public interface DigestOf<T> {
        /** Its digest. */
        String digest(T made);
    }

    /** A file as it was when this build wrote it or digested it; any other write to it gives it another. */
    private record Stamp(@Nullable Object inode, long size, FileTime modified) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.fileKey(), now.size(), now.lastModifiedTime());
        }

        boolean is(Stamp other) {
            return Objects.equals(inode, other.inode) && size == other.size && modified.equals(other.modified);
        }
    }

    /**
     * A blob that is here and is what its digest says; a poisoned one is removed. One that this build has written or
     * digested before, and nobody has touched since, is not digested again.
     *
     * @throws IllegalArgumentException if what is asked for is not a digest
     */
    public Optional<Path> blob(String digest) {
        return checked(blobFile(digest), digest).or(() -> checked(spareFile(digest), digest));
    }

    /** Whether a blob of this name is here; what is in it is not looked at. */
    boolean has(String digest) {
        return Files.exists(blobFile(digest)) || Files.exists(spareFile(digest));
    }

    private Optional<Path> checked(Path file, String digest) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (isProven(file) || Digests.of(file).equals(digest)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                proven.put(file, Stamp.of(file));
                return Optional.of(file);
            }
            LOG.warn("{} is not what its name says, and is removed", file);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} cannot be used", file, e);
        }
        return Optional.empty();
    }

    private boolean isProven(Path file) throws IOException {
        Stamp before = proven.get(file);
        return before != null && before.is(Stamp.of(file));
    }

    /**
     * Keeps a blob.
     *
     * @param maker writes it; called once more where the cache's disk is full
     * @throws IOException if it can be written nowhere
     */
    public <T> T put(Maker<T> maker, DigestOf<T> digest) throws IOException {
        Path file = root.resolve("blobs").resolve("new-" + UUID.randomUUID());
        try {
            Files.createDirectories(root.resolve("blobs"));
            T made = maker.write(file);
            keep(file, blobFile(digest.digest(made)));
            limit.enforce();
            return made;
        } catch (IOException e) {
            LOG.warn("the cache {} cannot take a layer: {}", root, e.toString());
            CacheLimit.delete(file);
            return putAside(maker, digest);
        } catch (RuntimeException e) {
            CacheLimit.delete(file);
            throw e;
        }
    }

    private <T> T putAside(Maker<T> maker, DigestOf<T> digest) throws IOException {
        Path file = spare.resolve("new-" + UUID.randomUUID());
        T made = maker.write(file);
        keep(file, spareFile(digest.digest(made)));
        return made;
    }

    private void keep(Path made, Path blob) throws IOException {
        Stamp stamp = Stamp.of(made);
        move(made, blob);
        proven.put(blob, stamp);
    }

    /** Remembers a text; what keeps it from that costs time in the next build, and nothing else. */
    public void remember(String kind, String key, String text) {
        Path file = note(kind, key);
        try {
            Files.createDirectories(file.getParent());
            Path made = file.resolveSibling("new-" + UUID.randomUUID());
            Files.writeString(made, Digests.of(text) + "\n" + text);
            move(made, file);
        } catch (IOException e) {
            LOG.debug("{} cannot be written", file, e);
        }
    }

    /** What was remembered, unless it is damaged. */
    public Optional<String> recall(String kind, String key) {
        Path file = note(kind, key);
        try {
            if (Files.exists(file)) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                int end = text.indexOf('\n');
                String rest = text.substring(end + 1);
                return end > 0 && text.substring(0, end).equals(Digests.of(rest))
                        ? Optional.of(rest)
                        : Optional.empty();
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read", file, e);
        }
        return Optional.empty();
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path blobFile(String digest) {
        return root.resolve("blobs").resolve(fileName(digest));
    }

    private Path spareFile(String digest) {
        return spare.resolve(fileName(digest));
    }

    /** Somebody else's document may say anything where a digest should be, such as a path from the root. */
    private static String fileName(String digest) {
        if (!Digests.isDigest(digest)) {
            throw new IllegalArgumentException("'" + digest + "' is not a digest");
        }
        return Digests.digits(digest);
    }

    private Path note(String kind, String key) {
        return root.resolve(kind).resolve(Digests.digits(Digests.of(key)));
    }
}
