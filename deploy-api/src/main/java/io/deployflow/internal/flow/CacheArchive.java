package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.internal.Trees;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Packs some paths into one file, and puts them back where they were: each comes to its place by one rename, so that it
 * is there as a whole or not at all.
 *
 * @param files finds the paths
 * @param work a directory of its own, for what is half made
 * @param cancellation ends it
 */
record CacheArchive(NamedFiles files, Path work, CancellationToken cancellation) {
    private static final String PATHS = "paths";

    /** Packs what is there of some paths; the archive. */
    Path pack(List<String> paths) throws IOException {
        Path parts = Files.createDirectories(work.resolve("parts"));
        Files.write(parts.resolve(PATHS), paths);
        for (int i = 0; i < paths.size(); i++) {
            Path path = files.file(paths.get(i)).normalize();
            tar("-cf", parts.resolve(i + ".tar").toString(), "-C", above(path).toString(), "--", name(path));
        }
        Path archive = work.resolve("archive.tgz");
        tar("-czf", archive.toString(), "-C", parts.toString(), ".");
        Trees.delete(parts);
        return archive;
    }

    /** Puts everything back; the paths. */
    List<String> unpack(Path archive) throws IOException {
        Path parts = Files.createDirectories(work.resolve("parts"));
        tar("-xzf", archive.toString(), "-C", parts.toString());
        List<String> paths = Files.readAllLines(parts.resolve(PATHS));
        List<Path> staged = new ArrayList<>();
        try {
            for (int i = 0; i < paths.size(); i++) {
                Path path = files.file(paths.get(i)).normalize();
                Files.createDirectories(above(path));
                Path beside = Files.createTempDirectory(above(path), ".deployflow-");
                staged.add(beside);
                tar("-xpf", parts.resolve(i + ".tar").toString(), "-C", beside.toString());
            }
            for (int i = 0; i < paths.size(); i++) {
                swap(staged.get(i), files.file(paths.get(i)).normalize());
            }
            return paths;
        } finally {
            for (Path beside : staged) {
                Trees.delete(beside);
            }
            Trees.delete(parts);
        }
    }

    private static void swap(Path beside, Path path) throws IOException {
        if (Files.exists(path)) {
            Files.move(path, beside.resolve(".replaced"), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(beside.resolve(name(path)), path, StandardCopyOption.ATOMIC_MOVE);
    }

    private void tar(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(words));
        List<String> said = new ArrayList<>();
        int status = new LocalCommand(command, work, Map.of()).run(said::add, cancellation);
        if (status != 0) {
            throw new IOException("tar ended with " + status + ": " + String.join(" ", said));
        }
    }

    private static Path above(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "." : name.toString();
    }
}
