package io.deployflow.ssh;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of known_hosts.
 *
 * @param file where it stands
 * @param line its number, from 1
 * @param marker {@code @revoked}, {@code @cert-authority} or nothing
 * @param names patterns of names and addresses, or one hashed name, as written
 * @param type such as {@code ssh-ed25519}
 * @param key in base 64
 */
record KnownHost(Path file, int line, String marker, String names, String type, String key) {
    /** Marks a key that must not be trusted any more. */
    static final String REVOKED = "@revoked";

    private static final String HASHED = "|1|";
    private static final String HMAC = "HmacSHA1";

    /** Reads a line; a comment, an empty line or what is none of a key says nothing. */
    static Optional<KnownHost> parse(Path file, int line, String text) {
        String[] words = text.strip().split("\\s+", -1);
        int first = words[0].startsWith("@") ? 1 : 0;
        if (words.length < first + 3 || words[0].startsWith("#")) {
            return Optional.empty();
        }
        String marker = first == 1 ? words[0] : "";
        return Optional.of(new KnownHost(file, line, marker, words[first], words[first + 1], words[first + 2]));
    }

    /** Whether it is about a host of this name, or {@code [name]:port}. */
    boolean isOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (names.startsWith(HASHED)) {
            return isHashOf(lower);
        }
        return Glob.anyMatches(List.of(names.toLowerCase(Locale.ROOT).split(",", -1)), lower);
    }

    private boolean isHashOf(String name) {
        String[] parts = names.substring(HASHED.length()).split("\\|", -1);
        if (parts.length != 2) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), HMAC));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return Arrays.equals(hash, Base64.getDecoder().decode(parts[1]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether its key is this one. */
    boolean hasKey(byte[] other) {
        return key.equals(Base64.getEncoder().encodeToString(other));
    }

    /** Where it stands: {@code known_hosts:12}. */
    String place() {
        return file + ":" + line;
    }
}
