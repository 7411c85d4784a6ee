package io.deployflow.sandbox.ssh;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A new ed25519 key pair as OpenSSH writes it, so that no {@code ssh-keygen} is needed here. The format is in OpenSSH's
 * PROTOCOL.key.
 *
 * @param publicLine {@code ssh-ed25519 BASE64}
 * @param privatePem the private key's file, not encrypted
 */
public record OpenSshKey(String publicLine, String privatePem) {
    private static final String TYPE = "ssh-ed25519";
    private static final int KEY_BYTES = 32;
    private static final int BLOCK = 8;
    private static final int PEM_COLUMNS = 70;

    /**
     * Makes a new pair.
     *
     * @return a pair like no other
     */
    public static OpenSshKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            // Both standard encodings end with the 32 bytes of the key itself.
            byte[] publicKey = last(pair.getPublic().getEncoded());
            byte[] seed = last(pair.getPrivate().getEncoded());
            return new OpenSshKey(TYPE + " " + base64(publicBlob(publicKey)), pem(privateBlob(publicKey, seed)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform from 15 on has Ed25519", e);
        }
    }

    private static byte[] publicBlob(byte[] publicKey) {
        return write(out -> {
            string(out, bytes(TYPE));
            string(out, publicKey);
        });
    }

    private static byte[] privateBlob(byte[] publicKey, byte[] seed) {
        return write(out -> {
            out.write(bytes("openssh-key-v1\0"));
            string(out, bytes("none"));
            string(out, bytes("none"));
            string(out, new byte[0]);
            out.writeInt(1);
            string(out, publicBlob(publicKey));
            string(out, padded(privateSection(publicKey, seed)));
        });
    }

    private static byte[] privateSection(byte[] publicKey, byte[] seed) {
        return write(out -> {
            // Two equal numbers by which a reader would see that it decrypted well; nothing is encrypted here.
            out.writeInt(0);
            out.writeInt(0);
            string(out, bytes(TYPE));
            string(out, publicKey);
            string(out, concat(seed, publicKey));
            string(out, bytes("sandbox"));
        });
    }

    /** Fills the last block with 1, 2, 3... */
    private static byte[] padded(byte[] section) {
        int length = (section.length + BLOCK - 1) / BLOCK * BLOCK;
        byte[] padded = Arrays.copyOf(section, length);
        for (int i = section.length; i < length; i++) {
            padded[i] = (byte) (i - section.length + 1);
        }
        return padded;
    }

    private static String pem(byte[] blob) {
        String body = Base64.getMimeEncoder(PEM_COLUMNS, bytes("\n")).encodeToString(blob);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    private static void string(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private interface Content {
        void to(DataOutputStream out) throws IOException;
    }

    @Override
    public String toString() {
        return publicLine;
    }
}
