package io.deployflow.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What known_hosts files say.
 *
 * @param files where it was read; some may not be there
 * @param entries in the order of the files
 */
record KnownHosts(List<Path> files, List<KnownHost> entries) {
    KnownHosts {
        files = List.copyOf(files);
        entries = List.copyOf(entries);
    }

    /**
     * Reads files; one that is not there has nothing.
     *
     * @throws IOException if one cannot be read; the message names it
     */
    static KnownHosts read(List<Path> files) throws IOException {
        List<KnownHost> entries = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                try {
                    entries.addAll(entries(file));
                } catch (IOException e) {
                    throw new IOException("known_hosts " + file + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
        return new KnownHosts(files, entries);
    }

    private static List<KnownHost> entries(Path file) throws IOException {
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<KnownHost> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            KnownHost.parse(file, i + 1, lines.get(i)).ifPresent(entries::add);
        }
        return entries;
    }

    /** The entries of a host's own keys. */
    List<KnownHost> of(String name) {
        return entries.stream()
                .filter(entry -> entry.marker().isEmpty() && entry.isOf(name))
                .toList();
    }

    /** Whether a host's keys are known at all. */
    boolean knows(String name) {
        return !of(name).isEmpty();
    }

    /** Whether a key is one of the host's. */
    boolean trusts(String name, byte[] key) {
        return of(name).stream().anyMatch(entry -> entry.hasKey(key));
    }

    /** The entry that says that a key must not be trusted any more. */
    Optional<KnownHost> revoking(String name, byte[] key) {
        return entries.stream()
                .filter(entry -> entry.marker().equals(KnownHost.REVOKED) && entry.hasKey(key) && entry.isOf(name))
                .findFirst();
    }

    /** The file that a new key would be written to. */
    Path first() {
        return files.get(0);
    }

    /** The files by name, for a message; those that are not there only where none is. */
    String names() {
        List<Path> there = files.stream().filter(Files::exists).toList();
        return (there.isEmpty() ? files.subList(0, 1) : there)
                .stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
