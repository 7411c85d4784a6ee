package io.deployflow.sandbox.simulated;

import io.deployflow.sandbox.port.ImageManifest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Blobs, manifests and tags in memory. Thread-safe. */
final class ImageStore {

    private final Map<String, byte[]> blobs = new TreeMap<>();
    private final Map<String, Map<String, ImageManifest>> tags = new TreeMap<>();
    private final Map<String, Map<String, ImageManifest>> digests = new TreeMap<>();
    private final Set<String> immutable = new TreeSet<>();

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    synchronized void addBlob(byte[] content) {
        blobs.put(digest(content), content);
    }

    synchronized Optional<byte[]> blob(String digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    /** Adds a manifest, under a tag or under its digest alone; false when the tag is another image's for ever. */
    synchronized boolean put(String repository, String reference, ImageManifest manifest) {
        ImageManifest tagged = tags(repository).get(reference);
        if (tagged != null && immutable.contains(repository) && !tagged.digest().equals(manifest.digest())) {
            return false;
        }
        digests.computeIfAbsent(repository, absent -> new TreeMap<>()).put(manifest.digest(), manifest);
        if (!reference.startsWith("sha256:")) {
            tags.computeIfAbsent(repository, absent -> new TreeMap<>()).put(reference, manifest);
        }
        return true;
    }

    synchronized void protect(String repository, boolean wanted) {
        if (wanted) {
            immutable.add(repository);
        } else {
            immutable.remove(repository);
        }
    }

    synchronized boolean isProtected(String repository) {
        return immutable.contains(repository);
    }

    synchronized List<String> repositories() {
        return List.copyOf(digests.keySet());
    }

    synchronized List<String> tagNames(String repository) {
        return List.copyOf(tags(repository).keySet());
    }

    synchronized Optional<ImageManifest> manifest(String repository, String reference) {
        Map<String, ImageManifest> known =
                reference.startsWith("sha256:") ? digests.getOrDefault(repository, Map.of()) : tags(repository);
        return Optional.ofNullable(known.get(reference));
    }

    private Map<String, ImageManifest> tags(String repository) {
        return tags.getOrDefault(repository, Map.of());
    }
}
