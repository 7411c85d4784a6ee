package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes what is sent to the hosts: a compressed tar with {@code in/} (what the host is told: {@link StageNotes}) and
 * {@code new/} (the entries that it lacks). In GNU's format, which GNU, busybox and BSD tar all read; names stay bytes.
 */
final class ReleaseArchive {
    // Level 3 packs a tree of sources about as small as 6 in half the time.
    private static final int LEVEL = 3;
    private static final int BUFFER = 1 << 16;

    private ReleaseArchive() {}

    /**
     * Writes the archive.
     *
     * @param notes the files of {@code in/}, by name; bytes as chars
     * @param entries what is put into {@code new/}, directories before what is in them
     * @param content of the files among them
     */
    static void write(
            Map<String, String> notes,
            List<Entry> entries,
            TreeContent content,
            Path file,
            CancellationToken cancellation)
            throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(LEVEL);
        parameters.setBufferSize(BUFFER);
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream packed = new GzipCompressorOutputStream(out, parameters);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "ISO-8859-1");
                TreeContent.Reader reader = content.reader()) {
            reader.prefetch(
                    entries.stream().filter(entry -> entry.kind() == Kind.FILE).toList());
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            putDirectory(tar, "in/");
            for (Map.Entry<String, String> note : notes.entrySet()) {
                putText(tar, "in/" + note.getKey(), note.getValue());
            }
            putDirectory(tar, "new/");
            for (Entry entry : entries) {
                cancellation.throwIfCancelled();
                put(tar, entry, reader);
            }
        }
    }

    private static void put(TarArchiveOutputStream tar, Entry entry, TreeContent.Reader reader) throws IOException {
        if (entry.kind() == Kind.LINK) {
            TarArchiveEntry link = new TarArchiveEntry("new/" + entry.path(), TarConstants.LF_SYMLINK, true);
            link.setLinkName(entry.digest());
            tar.putArchiveEntry(link);
        } else if (entry.kind() == Kind.DIRECTORY) {
            // Open to its owner until everything is in it; not every tar waits with the mode so long.
            TarArchiveEntry directory = new TarArchiveEntry("new/" + entry.path() + "/", true);
            directory.setMode(entry.mode() | Modes.OPEN);
            tar.putArchiveEntry(directory);
        } else {
            TarArchiveEntry header = new TarArchiveEntry("new/" + entry.path(), true);
            header.setMode(entry.mode());
            header.setSize(entry.size());
            header.setModTime(reader.modified(entry).toEpochMilli());
            tar.putArchiveEntry(header);
            try (InputStream file = reader.open(entry)) {
                file.transferTo(tar);
            }
        }
        tar.closeArchiveEntry();
    }

    private static void putDirectory(TarArchiveOutputStream tar, String name) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(name, true));
        tar.closeArchiveEntry();
    }

    private static void putText(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
