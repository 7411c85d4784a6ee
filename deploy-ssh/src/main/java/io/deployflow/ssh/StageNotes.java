package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.ssh.HostManifest.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a host is told beside the entries themselves, as files by name: {@code removed} and {@code added} (lines of the
 * manifests), {@code gone}, {@code locked} and {@code mode.*} (paths, each ended by a NUL, see {@link TreeDelta}),
 * {@code sums} and {@code arrival.sh} (see {@link ArrivalChecks}). Bytes as chars.
 *
 * @param files sorted by name, as a shell's {@code *} sorts them
 */
record StageNotes(Map<String, String> files) {

    /** What to tell of a delta. */
    static StageNotes of(TreeDelta delta, List<Manifest.Entry> sent) {
        ArrivalChecks checks = ArrivalChecks.of(sent);
        Map<String, String> files = new TreeMap<>();
        files.put("removed", lines(delta.removed()));
        files.put("added", lines(delta.added()));
        files.put("gone", paths(delta.gone()));
        files.put("locked", paths(delta.locked()));
        files.put("sums", checks.sums());
        files.put("arrival.sh", checks.script());
        delta.lastModes().forEach((mode, paths) -> files.put("mode." + Modes.forChmod(mode), paths(paths)));
        return new StageNotes(files);
    }

    /** SHA-256 of all files, one after the other. */
    String digest() {
        return Digests.sha256(String.join("", files.values()).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String lines(List<Entry> entries) {
        return entries.stream().map(entry -> entry.line() + "\n").collect(Collectors.joining());
    }

    private static String paths(Collection<String> paths) {
        return paths.stream().map(path -> "./" + path + "\0").collect(Collectors.joining());
    }
}
