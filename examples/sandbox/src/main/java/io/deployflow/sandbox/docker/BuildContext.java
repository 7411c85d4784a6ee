package io.deployflow.sandbox.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs what an image is built from. */
final class BuildContext {
    private BuildContext() {}

    /** An archive of small files, by name. */
    static InputStream of(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                add(tar, file.getKey(), file.getValue().length, new ByteArrayInputStream(file.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written", e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** Writes an archive of a Dockerfile and one large file. */
    static void write(Path archive, String dockerfile, Path file) throws IOException {
        byte[] text = dockerfile.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
                InputStream in = Files.newInputStream(file)) {
            add(tar, "Dockerfile", text.length, new ByteArrayInputStream(text));
            add(tar, file.getFileName().toString(), Files.size(file), in);
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, long size, InputStream content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        // The same files give the same archive.
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }
}
