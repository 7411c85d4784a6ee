package io.deployflow.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A host key that a server showed. */
final class HostKeyShown {
    private static final int LENGTH = 4;

    private final byte[] key;

    HostKeyShown(byte[] key) {
        this.key = key.clone();
    }

    /** Whether the server came so far. */
    boolean isThere() {
        return key.length > LENGTH;
    }

    byte[] bytes() {
        return key.clone();
    }

    /** Such as {@code ssh-ed25519}: a key begins with the length of its type's name, and the name. */
    String type() {
        return isThere() ? new String(key, LENGTH, key[LENGTH - 1], StandardCharsets.US_ASCII) : "unknown";
    }

    /** As {@code ssh-keygen -l} writes it. */
    String fingerprint() {
        return "SHA256:"
                + Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(Digests.algorithm().digest(key));
    }

    /** The line of known_hosts that trusts it. */
    String line(String name) {
        return name + " " + type() + " " + Base64.getEncoder().encodeToString(key);
    }
}
