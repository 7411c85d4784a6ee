package io.deployflow.ecs.internal.registry;

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

/** SHA-256 as registries write it: {@code sha256:} and 64 digits. */
public final class Digests {
    private static final String PREFIX = "sha256:";

    private Digests() {}

    /** An empty digest to add to. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What was added, in hexadecimal; the digest is empty again afterwards. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What was added, as registries write it; the digest is empty again afterwards. */
    public static String name(MessageDigest digest) {
        return PREFIX + hex(digest);
    }

    /** Of some bytes. */
    public static String of(byte[] content) {
        MessageDigest digest = sha256();
        digest.update(content);
        return name(digest);
    }

    /** Of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a file's content. */
    public static String of(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return of(content);
        }
    }

    /** Of all that is left of a content. */
    public static String of(InputStream content) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            content.transferTo(sink);
        }
        return name(digest);
    }

    /** The digits alone: fit for a file's name. */
    public static String digits(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /** Whether a text is a digest: what comes from outside becomes part of paths. */
    public static boolean isDigest(String text) {
        return text.matches(PREFIX + "[0-9a-f]{64}");
    }
}
