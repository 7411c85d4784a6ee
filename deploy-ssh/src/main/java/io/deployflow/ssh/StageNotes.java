package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.ssh.HostManifest.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a host is told beside the entries themselves, as files by name: {@code removed} and {@code added} (lines of the
 * manifests), {@code gone}, {@code replaced}, {@code locked} and {@code mode.*} (paths, each ended by a NUL, see
 * {@link TreeDelta}), {@code arrival.sh} (see {@link ArrivalChecks}), and {@code sums}, which has the digest of each of
 * these too. Bytes as chars.
 *
 * @param files sorted by name, as a shell's {@code *} sorts them
 */
record StageNotes(Map<String, String> files) {
    private static final String SUMS = "sums";

    /** What to tell of a delta. */
    static StageNotes of(TreeDelta delta, List<Manifest.Entry> sent) {
        ArrivalChecks checks = ArrivalChecks.of(sent);
        Map<String, String> files = new TreeMap<>();
        files.put("removed", lines(delta.removed()));
        files.put("added", lines(delta.added()));
        files.put("gone", paths(delta.gone()));
        files.put("replaced", paths(delta.replaced()));
        files.put("locked", paths(delta.locked()));
        files.put("arrival.sh", checks.script());
        delta.lastModes().forEach((mode, paths) -> files.put("mode." + Modes.forChmod(mode), paths(paths)));
        files.put(SUMS, checks.sums() + sums(files));
        return new StageNotes(files);
    }

    private static String sums(Map<String, String> files) {
        return files.entrySet().stream()
                .map(file -> sha256(file.getValue()) + "  in/" + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /** SHA-256 of {@code sums}: with it, of all. */
    String digest() {
        return sha256(Objects.requireNonNull(files.get(SUMS)));
    }

    private static String sha256(String bytes) {
        return Digests.sha256(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String lines(List<Entry> entries) {
        return entries.stream().map(entry -> entry.line() + "\n").collect(Collectors.joining());
    }

    private static String paths(Collection<String> paths) {
        return paths.stream().map(path -> "./" + path + "\0").collect(Collectors.joining());
    }
}
