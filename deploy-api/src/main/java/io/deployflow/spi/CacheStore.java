package io.deployflow.spi;

import io.deployflow.CancellationToken;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps a flow's caches where other machines find them too. Found by {@link java.util.ServiceLoader}; needs a public
 * constructor without arguments. Thread-safe.
 *
 * <p>Every method throws {@link io.deployflow.DeployException} where the place cannot be reached or refuses, and
 * {@link io.deployflow.DeployCancelledException} as soon as it is cancelled.
 */
public interface CacheStore {

    /**
     * What was saved under a key; else the newest of those whose key begins so.
     *
     * @param location the place, as the flow's settings name it
     */
    Optional<Saved> find(String location, String key, CancellationToken cancellation);

    /**
     * Writes a saved cache's content to a file, in place of what is there.
     *
     * @param location the place
     * @param saved what was found there
     */
    void fetch(String location, Saved saved, Path file, CancellationToken cancellation);

    /**
     * Saves a cache; it is found from then on, and not before it is there as a whole.
     *
     * @param location the place
     * @param saved what the file is, and when it was made
     */
    void save(String location, Saved saved, Path file, CancellationToken cancellation);

    /**
     * A cache.
     *
     * @param key what it is found by
     * @param digest SHA-256 of its content, in hexadecimal
     * @param bytes its size
     * @param at when it was made
     */
    record Saved(String key, String digest, long bytes, Instant at) {
        /** Checks that nothing is missing. */
        public Saved {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(at, "at");
        }
    }
}
