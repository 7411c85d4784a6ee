package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a blob from a registry into the cache; goes on where a connection broke. */
public final class BlobDownload {
    private static final Logger LOG = LoggerFactory.getLogger(BlobDownload.class);
    private static final int ATTEMPTS = 5;

    private final RegistryRepository registry;
    private final ImageCache cache;

    /** From a repository into a cache. */
    public BlobDownload(RegistryRepository registry, ImageCache cache) {
        this.registry = registry;
        this.cache = cache;
    }

    /**
     * The file that has it.
     *
     * @throws RegistryException if the registry does not give it, or gives something else
     * @throws IOException if it can be written nowhere
     */
    public Path get(String digest) throws IOException {
        if (cache.blob(digest).isEmpty()) {
            cache.put(file -> download(digest, file), made -> made);
        }
        return cache.blob(digest)
                .orElseThrow(() -> new IOException("blob " + digest + " went out of the cache while it was needed"));
    }

    private String download(String digest, Path file) throws IOException {
        for (int attempt = 1; !isWhole(digest, file, attempt); attempt++) {
            LOG.debug("blob {} broke off, attempt {}", digest, attempt);
        }
        if (!Digests.of(file).equals(digest)) {
            throw new RegistryException(
                    "the registry " + registry.name().host() + " gives something else for blob " + digest, 0, null);
        }
        return digest;
    }

    private boolean isWhole(String digest, Path file, int attempt) throws IOException {
        long there = Files.exists(file) ? Files.size(file) : 0;
        RegistryRepository.Part part = registry.blob(digest, there);
        try (InputStream in = part.content();
                OutputStream out = part.offset() > 0
                        ? Files.newOutputStream(file, StandardOpenOption.APPEND)
                        : Files.newOutputStream(file)) {
            copy(in, out, registry.name().host());
            return true;
        } catch (RegistryException broken) {
            if (attempt == ATTEMPTS) {
                throw broken;
            }
            return false;
        }
    }

    /** A connection that breaks is asked again; a disk that is full is not. */
    private static void copy(InputStream in, OutputStream out, String host) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int count = read(in, buffer, host); count >= 0; count = read(in, buffer, host)) {
            out.write(buffer, 0, count);
        }
    }

    private static int read(InputStream in, byte[] buffer, String host) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new RegistryException("the registry " + host + " broke off: " + e.getMessage(), 0, e);
        }
    }
}
