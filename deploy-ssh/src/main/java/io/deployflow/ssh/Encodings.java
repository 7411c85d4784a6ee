package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import io.deployflow.PushException;
import io.deployflow.TreeContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a release is sent as: encoded once for each base, when the first host needs it. */
final class Encodings {
    private static final long LITTLE = 1 << 20;

    private final HostTree tree;
    private final TreeContent content;
    private final Path folder;
    private final CancellationToken cancellation;
    private final Map<String, Encoding> byBase = new ConcurrentHashMap<>();

    /**
     * The encodings of one tree.
     *
     * @param content of its files
     * @param folder takes the archives
     */
    Encodings(HostTree tree, TreeContent content, Path folder, CancellationToken cancellation) {
        this.tree = tree;
        this.content = content;
        this.folder = folder;
        this.cancellation = cancellation;
    }

    /** The manifest of the whole tree. */
    HostManifest manifest() {
        return tree.manifest();
    }

    /** The whole tree. */
    Encoding whole() {
        return byBase.computeIfAbsent("whole", name -> encode(TreeDelta.whole(tree.manifest()), name));
    }

    /** What makes the tree out of a base. */
    Encoding from(HostManifest base) {
        return byBase.computeIfAbsent(base.digest(), name -> encode(new TreeDelta(base, tree.manifest()), name));
    }

    /** Packs ahead what makes the tree out of a base, if that is little: it may turn out that no host has that base. */
    void ahead(HostManifest base) {
        long bytes = tree.manifest().without(base).stream()
                .filter(entry -> !entry.isDirectory())
                .mapToLong(entry -> Long.parseLong(entry.size()))
                .sum();
        if (bytes <= LITTLE) {
            from(base);
        }
    }

    /** How many there are. */
    int count() {
        return byBase.size();
    }

    private Encoding encode(TreeDelta delta, String name) {
        if (delta.isEmpty()) {
            return new Encoding(Optional.empty(), 0, 0, Optional.empty());
        }
        Set<String> paths = delta.sent();
        List<Manifest.Entry> sent = tree.entries().entries().stream()
                .filter(entry -> paths.contains(entry.path()))
                .toList();
        StageNotes notes = StageNotes.of(delta, sent);
        Path archive = folder.resolve("release-" + name + ".tar.gz");
        try {
            ReleaseArchive.write(notes.files(), sent, content, archive, cancellation);
            long files =
                    sent.stream().filter(entry -> entry.kind() == Kind.FILE).count();
            return new Encoding(Optional.of(archive), Files.size(archive), files, Optional.of(notes.digest()));
        } catch (IOException e) {
            throw new PushException("the tree cannot be packed: " + e.getMessage(), "", null, e);
        }
    }
}
