package io.deployflow.ecs.internal.layers;

import io.deployflow.BuildException;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeContent;
import io.deployflow.ecs.internal.registry.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a layer's compressed tar. Compressing takes most of the time, and is done by other threads. */
final class LayerFile {
    private static final int BUFFER = 1 << 16;

    private final LayerContent content;
    private final TreeContent source;

    LayerFile(LayerContent content, TreeContent source) {
        this.content = content;
        this.source = source;
    }

    /** Writes it to a file, one buffer at a time. */
    Layer write(Path file) throws IOException {
        MessageDigest packed = Digests.sha256();
        MessageDigest plain = Digests.sha256();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
                OutputStream digested = new DigestOutputStream(out, packed);
                OutputStream gzip = new GzipStream(digested);
                OutputStream buffered = new BufferedOutputStream(new DigestOutputStream(gzip, plain), BUFFER);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered, StandardCharsets.ISO_8859_1.name());
                TreeContent.Reader reader = source.reader()) {
            reader.prefetch(content.files());
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            for (ImageEntry entry : content.entries()) {
                add(tar, entry, reader);
            }
            tar.finish();
        }
        return new Layer(content.name(), content.key(), Digests.name(packed), Files.size(file), Digests.name(plain));
    }

    private static void add(TarArchiveOutputStream tar, ImageEntry entry, TreeContent.Reader reader)
            throws IOException {
        tar.putArchiveEntry(header(entry));
        if (entry.kind() == Kind.FILE) {
            MessageDigest read = GitId.begin(entry.size());
            try (InputStream in = open(entry, reader)) {
                copy(in, entry, new DigestOutputStream(tar, read));
                if (read(in, new byte[1], 1, entry) >= 0 || !GitId.end(read).equals(entry.content())) {
                    throw changed(entry);
                }
            }
        }
        tar.closeArchiveEntry();
    }

    private static void copy(InputStream in, ImageEntry entry, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = entry.size();
        while (left > 0) {
            int count = read(in, buffer, (int) Math.min(left, buffer.length), entry);
            if (count < 0) {
                out.write(new byte[(int) Math.min(left, buffer.length)]); // Its digest will tell.
                left -= Math.min(left, buffer.length);
            } else {
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static InputStream open(ImageEntry entry, TreeContent.Reader reader) {
        try {
            return reader.open(entry.source().orElseThrow());
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private static int read(InputStream in, byte[] buffer, int length, ImageEntry entry) {
        try {
            return in.read(buffer, 0, length);
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    /** Not what a disk without room is: nobody would look for that. */
    private static BuildException unreadable(ImageEntry entry, IOException e) {
        return new BuildException(
                "/" + entry.displayPath() + " cannot be read while it is packed: " + e,
                "Make it readable, and deploy when nothing removes files of the source.",
                null,
                e);
    }

    private static BuildException changed(ImageEntry entry) {
        return new BuildException(
                "/" + entry.displayPath() + " changed while it was packed",
                "Deploy again, when nothing writes into the source.");
    }

    private static TarArchiveEntry header(ImageEntry entry) {
        TarArchiveEntry header = switch (entry.kind()) {
            case DIRECTORY -> new TarArchiveEntry(entry.path() + "/", true);
            case FILE -> new TarArchiveEntry(entry.path(), true);
            case LINK -> new TarArchiveEntry(entry.path(), TarConstants.LF_SYMLINK, true);
        };
        if (entry.kind() == Kind.LINK) {
            header.setLinkName(entry.content());
        }
        header.setSize(entry.size());
        header.setMode(entry.mode());
        header.setModTime(Date.from(Instant.ofEpochSecond(entry.time())));
        header.setIds(entry.owner().user(), entry.owner().group());
        header.setNames("", "");
        return header;
    }
}
