package io.deployflow.ssh;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys as ssh-keygen writes them: {@code ssh-ed25519 AAAA... comment}. */
final class PublicKeyFile {
    private static final Pattern LINE =
            Pattern.compile("(?:sk-)?(?:ssh|ecdsa)-[\\w@.-]+\\s+(?<key>[A-Za-z0-9+/]+=*)(\\s.*)?");
    private static final int LONGEST = 1 << 16;

    private PublicKeyFile() {}

    /** The key's bytes; empty where the file is not there or holds none. */
    static Optional<byte[]> read(Path file) {
        try {
            if (!Files.isReadable(file) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            Matcher line = LINE.matcher(text.lines().findFirst().orElse("").strip());
            return line.matches() ? Optional.of(Base64.getDecoder().decode(line.group("key"))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a certificate is of a public key: after its type and a nonce, it has what the key has after its type.
     *
     * @param certificate the bytes of a {@code -cert.pub} file
     * @param key the bytes of a {@code .pub} file
     */
    static boolean certifies(byte[] certificate, byte[] key) {
        try {
            ByteBuffer rest = skipText(ByteBuffer.wrap(key));
            ByteBuffer inside = skipText(skipText(ByteBuffer.wrap(certificate)));
            return inside.remaining() > rest.remaining()
                    && inside.limit(inside.position() + rest.remaining()).equals(rest);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }

    private static ByteBuffer skipText(ByteBuffer bytes) {
        int length = bytes.getInt();
        return bytes.position(bytes.position() + length);
    }
}
