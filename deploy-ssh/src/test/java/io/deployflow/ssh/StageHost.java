package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A host's directory on this machine: releases are staged in it by the scripts themselves, without SSH. */
final class StageHost {
    /** How a script ended, and what it said last. */
    record Answer(int status, String said) {}

    final Path root;
    List<String> shell = List.of("/bin/sh");
    List<String> linkedDirs = List.of();
    SshSettings.Copy copy = SshSettings.Copy.HARDLINK;
    boolean verifyAll;

    StageHost(Path root) {
        this.root = root;
    }

    Path release(String id) {
        return root.resolve("releases/" + id);
    }

    Path meta(String id) {
        return root.resolve(".deployflow/releases/" + id);
    }

    /** Stages a whole tree. */
    Answer stage(String id, Path source) throws IOException {
        Encodings encodings = encodings(id, source);
        return send(id, encodings, encodings.whole(), Optional.empty());
    }

    /** Stages what differs from a release that is there, as its own manifest says. */
    Answer stage(String id, Path source, String base) throws IOException {
        return stage(id, source, base, manifest(base));
    }

    /** Stages what differs from a release that is there, as a manifest of it says. */
    Answer stage(String id, Path source, String base, HostManifest manifest) throws IOException {
        Encodings encodings = encodings(id, source);
        return send(id, encodings, encodings.from(manifest), Optional.of(base));
    }

    /** Stages a whole tree, of which but a part arrives. */
    Answer stageCutShort(String id, Path source) throws IOException {
        Encodings encodings = encodings(id, source);
        Encoding whole = encodings.whole();
        Path archive = whole.archive().orElseThrow();
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length * 2 / 3));
        return send(id, encodings, whole, Optional.empty());
    }

    /** What a host answers when it is asked for a release's manifest. */
    HostManifest manifest(String id) throws IOException {
        Path answer = root.resolve("../manifest-" + id);
        run(new BaseManifests(root.toString()).script(id), Optional.empty(), answer);
        return HostManifest.parse(BaseManifests.read(Files.readAllLines(answer)).orElseThrow());
    }

    private Encodings encodings(String id, Path source) throws IOException {
        Manifest tree = new LinkedTree(root.toString(), linkedDirs).of(TreeScan.scan(source));
        Path folder = Files.createDirectories(root.resolve("../sent-" + id));
        return new Encodings(HostTree.of(tree), new DirectoryContent(source), folder, CancellationToken.create());
    }

    private Answer send(String id, Encodings encodings, Encoding encoding, Optional<String> base) throws IOException {
        String script = new StageCommands(root.toString(), linkedDirs, copy, verifyAll)
                .stage(
                        id,
                        "abc 2026-01-01T00:00:00Z alice's laptop",
                        base,
                        new StageCommands.Expected(
                                encoding.notesDigest(),
                                encodings.manifest().digest(),
                                encodings.manifest().listingDigest()));
        Path said = root.resolve("../said-" + id);
        int status = run(script, encoding.archive(), said);
        return new Answer(status, Files.readString(said, StandardCharsets.ISO_8859_1));
    }

    private int run(String script, Optional<Path> input, Path output) throws IOException {
        Path file = Files.writeString(root.resolve("../script"), script, StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(shell.stream(), Stream.of(file.toString()))
                        .toList())
                .redirectErrorStream(true)
                .redirectInput(input.orElse(Path.of("/dev/null")).toFile())
                .redirectOutput(output.toFile());
        try {
            return builder.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Everything that tells whether a tree was touched: modes, sizes, contents, and times of files. */
    static Map<String, String> state(Path tree) throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (Manifest.Entry entry : TreeScan.scan(tree).entries()) {
            Path file = RawPaths.resolve(tree, entry.path());
            String time = entry.kind() == Manifest.Kind.FILE
                    ? Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toString()
                    : "";
            state.put(entry.path(), entry + time);
        }
        return state;
    }
}
