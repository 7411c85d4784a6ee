package io.deployflow.internal.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Keeps caches in a directory. An entry is an archive and, written after it, a small file that names its key and its
 * digest: an archive without that is not there. Several runs may use it at once.
 *
 * @param directory where
 * @param limit how many bytes it may take
 */
record CacheDirectory(Path directory, long limit) {
    private static final String ENTRY = ".entry";
    private static final String ARCHIVE = ".tgz";

    /**
     * One cache.
     *
     * @param key what it was saved with
     * @param archive the file
     * @param digest its SHA-256
     * @param saved when
     * @param used when it was last restored, or saved
     * @param bytes how large it is
     */
    record Entry(String key, Path archive, String digest, Instant saved, Instant used, long bytes) {}

    /** Where a run may write what is not an entry yet. */
    Path workOf(String run) {
        return directory.resolve("tmp").resolve(run);
    }

    boolean has(String key) {
        return Files.exists(entryFile(key));
    }

    /** The entry of a key; else the newest of those whose key begins so. */
    Optional<Entry> find(String key) throws IOException {
        List<Entry> fitting = entries().stream()
                .filter(entry -> entry.key().startsWith(key))
                .sorted(Comparator.comparing(Entry::saved).reversed())
                .toList();
        return fitting.stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    /** Remembers that it was used, so that it stays. */
    void touch(Entry entry) throws IOException {
        Files.setLastModifiedTime(entry.archive(), FileTime.from(Instant.now()));
    }

    /**
     * Takes an archive in, and makes room for it.
     *
     * @param saved when it was made
     */
    void add(String key, Path archive, Instant saved) throws IOException {
        Files.createDirectories(directory);
        Properties entry = new Properties();
        entry.setProperty("key", key);
        entry.setProperty("sha256", Checksums.of(archive));
        Path made = archive.resolveSibling("made" + ENTRY);
        try (OutputStream out = Files.newOutputStream(made)) {
            entry.store(out, null);
        }
        Files.setLastModifiedTime(made, FileTime.from(saved));
        Files.move(archive, archiveFile(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(made, entryFile(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        shrink(key);
    }

    /** Removes an entry: first what makes it one. */
    void remove(Entry entry) throws IOException {
        Files.deleteIfExists(entryFile(entry.key()));
        Files.deleteIfExists(entry.archive());
    }

    private void shrink(String keep) throws IOException {
        List<Entry> all = new ArrayList<>(entries());
        all.sort(Comparator.comparing(Entry::used));
        long total = all.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : all) {
            if (total > limit && !entry.key().equals(keep)) {
                remove(entry);
                total -= entry.bytes();
            }
        }
    }

    private List<Entry> entries() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ENTRY)).toList()) {
                read(file).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private Optional<Entry> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
            String key = properties.getProperty("key", "");
            Path archive = archiveFile(key);
            return Optional.of(new Entry(
                    key,
                    archive,
                    properties.getProperty("sha256", ""),
                    Files.getLastModifiedTime(file).toInstant(),
                    Files.getLastModifiedTime(archive).toInstant(),
                    Files.size(archive)));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // Another run has just removed it.
        }
    }

    private Path archiveFile(String key) {
        return directory.resolve(name(key) + ARCHIVE);
    }

    private Path entryFile(String key) {
        return directory.resolve(name(key) + ENTRY);
    }

    private static String name(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
