package io.deployflow.ecs.internal.layers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name that git has for a file's content: SHA-1 of {@code blob}, its length and the content itself. Layers are
 * known by it, because a repository tells it of every file without reading one; whoever could forge it could forge the
 * commit.
 */
public final class GitId {
    private GitId() {}

    /** Of some bytes. */
    public static String of(byte[] content) {
        MessageDigest digest = begin(content.length);
        digest.update(content);
        return end(digest);
    }

    /** Of a file; one that changes meanwhile gets a name that no content has. */
    static String of(Path file, long size) throws IOException {
        MessageDigest digest = begin(size);
        try (InputStream content = Files.newInputStream(file);
                OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            content.transferTo(sink);
        }
        return end(digest);
    }

    /** Before the content of a length is added. */
    static MessageDigest begin(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** After it. */
    static String end(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
