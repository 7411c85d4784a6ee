package io.deployflow.ecs;

import io.deployflow.ecs.internal.registry.Digests;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tag under which a registry keeps a cache: as much of its key as a tag can say, so that those whose key begins in
 * some way are found in a list of tags; a digest of the whole key; and when it was made.
 *
 * @param words the beginning of the key, with {@code _} for what no tag can say
 * @param digest the beginning of the key's SHA-256
 * @param at when it was made, to the second
 */
record CacheTag(String words, String digest, Instant at) {
    private static final int WORDS = 80;
    private static final int DIGITS = 16;
    private static final Pattern TAG = Pattern.compile("cache-(.*)-([0-9a-f]{" + DIGITS + "})-(\\d{10,11})");

    /** The tag of a key. */
    static CacheTag of(String key, Instant at) {
        return new CacheTag(words(key), digest(key), at);
    }

    /** Reads a tag; empty where it is none of a cache. */
    static Optional<CacheTag> parse(String tag) {
        Matcher matcher = TAG.matcher(tag);
        return matcher.matches()
                ? Optional.of(new CacheTag(
                        matcher.group(1), matcher.group(2), Instant.ofEpochSecond(Long.parseLong(matcher.group(3)))))
                : Optional.empty();
    }

    /** Whether its key may begin with a text; the key itself tells for sure. */
    boolean mayBeginWith(String text) {
        return words.startsWith(words(text));
    }

    /** Whether its key is this one. */
    boolean isOf(String key) {
        return digest.equals(digest(key));
    }

    private static String words(String key) {
        String words = key.replaceAll("[^A-Za-z0-9_.-]", "_");
        return words.substring(0, Math.min(WORDS, words.length()));
    }

    private static String digest(String key) {
        return Digests.digits(Digests.of(key)).substring(0, DIGITS);
    }

    @Override
    public String toString() {
        return "cache-" + words + "-" + digest + "-" + at.getEpochSecond();
    }
}
