package io.deployflow.sandbox.simulated;

import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.port.Registry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Knows which images were pushed. Takes no pushes over the network. */
public final class SimulatedRegistry implements Registry {

    private static final String MEDIA_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

    private final Map<String, Map<String, ImageManifest>> tags = new TreeMap<>();
    private final Map<String, Map<String, ImageManifest>> digests = new TreeMap<>();

    /** With no image. */
    public SimulatedRegistry() {}

    /**
     * Pushes an image that is unlike all others.
     *
     * @param repository where to
     * @param tag its tag; what had it before keeps its digest only
     * @return its reference by digest
     */
    public synchronized String push(String repository, String tag) {
        int number =
                digests.computeIfAbsent(repository, absent -> new TreeMap<>()).size() + 1;
        String body =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"number\":%d,\"layers\":[]}".formatted(MEDIA_TYPE, number);
        ImageManifest manifest = new ImageManifest("sha256:" + sha256(repository + body), MEDIA_TYPE, body);
        digests.get(repository).put(manifest.digest(), manifest);
        tags.computeIfAbsent(repository, absent -> new TreeMap<>()).put(tag, manifest);
        return endpoint() + "/" + repository + "@" + manifest.digest();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:5000";
    }

    @Override
    public String password() {
        return "simulated";
    }

    @Override
    public synchronized List<String> repositories() {
        return List.copyOf(tags.keySet());
    }

    @Override
    public synchronized List<String> tags(String repository) {
        return List.copyOf(tags.getOrDefault(repository, Map.of()).keySet());
    }

    @Override
    public synchronized Optional<ImageManifest> manifest(String repository, String reference) {
        Map<String, Map<String, ImageManifest>> known = reference.startsWith("sha256:") ? digests : tags;
        return Optional.ofNullable(known.getOrDefault(repository, Map.of()).get(reference));
    }
}
