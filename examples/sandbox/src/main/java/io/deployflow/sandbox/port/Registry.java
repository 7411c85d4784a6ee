package io.deployflow.sandbox.port;

import java.util.List;
import java.util.Optional;

/** A real image registry (Docker distribution API v2) that stands in for ECR. */
public interface Registry {

    /**
     * Where images are pushed to and pulled from.
     *
     * @return {@code host:port}, as it stands at the front of an image reference
     */
    String endpoint();

    /**
     * The password that the registry accepts for the user {@code AWS}.
     *
     * @return never empty
     */
    String password();

    /**
     * The repositories that hold at least one image.
     *
     * @return names without the endpoint, in the order of the alphabet
     */
    List<String> repositories();

    /**
     * The tags of a repository.
     *
     * @param repository a name without the endpoint
     * @return empty when it holds none or is unknown
     */
    List<String> tags(String repository);

    /**
     * Reads a manifest.
     *
     * @param repository a name without the endpoint
     * @param reference a tag, or a digest {@code sha256:...}
     * @return empty when there is none
     */
    Optional<ImageManifest> manifest(String repository, String reference);

    /**
     * Stores a manifest whose layers are there already.
     *
     * @param repository a name without the endpoint
     * @param tag its tag
     * @param manifest the manifest
     */
    void put(String repository, String tag, ImageManifest manifest);

    /**
     * Makes the tags of a repository immutable, or mutable again. Whether a push is refused is up to the registry.
     *
     * @param repository a name without the endpoint
     * @param wanted whether they are to be immutable
     */
    void protect(String repository, boolean wanted);

    /**
     * Whether the tags of a repository are immutable.
     *
     * @param repository a name without the endpoint
     * @return false at first
     */
    boolean isProtected(String repository);
}
