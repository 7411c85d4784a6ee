package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, which are named relative to a directory. */
record Checksums(Path directory) {

    /** The digest of a file, in hexadecimal. */
    String of(String name) {
        try {
            return of(directory.resolve(name));
        } catch (IOException e) {
            throw new FlowException(
                    "there is no checksum of " + name + ": it cannot be read", "Name a file of the source.", null, e);
        }
    }

    static String of(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
