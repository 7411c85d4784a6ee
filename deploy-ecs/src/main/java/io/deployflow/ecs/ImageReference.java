package io.deployflow.ecs;

import java.util.Objects;
import java.util.Optional;

/**
 * The name of an image: {@code host:port/path:tag@sha256:...}, where all but the path may be missing.
 *
 * @param registry the registry's host, with its port if it has one
 * @param path the repository's name in the registry
 * @param tag the tag
 * @param digest the digest with its algorithm
 */
record ImageReference(Optional<String> registry, String path, Optional<String> tag, Optional<String> digest) {
    ImageReference {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(digest, "digest");
        if (path.isEmpty()) {
            throw new IllegalArgumentException("an image reference needs a repository");
        }
    }

    /**
     * Reads a reference.
     *
     * @throws IllegalArgumentException if it names no repository
     */
    static ImageReference parse(String text) {
        int at = text.indexOf('@');
        Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        String name = at < 0 ? text : text.substring(0, at);
        int slash = name.indexOf('/');
        Optional<String> registry = slash > 0 && isHost(name.substring(0, slash))
                ? Optional.of(name.substring(0, slash))
                : Optional.empty();
        String rest = registry.isPresent() ? name.substring(slash + 1) : name;
        int colon = rest.lastIndexOf(':');
        return colon < 0
                ? new ImageReference(registry, rest, Optional.empty(), digest)
                : new ImageReference(
                        registry, rest.substring(0, colon), Optional.of(rest.substring(colon + 1)), digest);
    }

    /** Docker's rule: a first part is a host if it has a dot or a port, or is localhost. */
    private static boolean isHost(String part) {
        return part.indexOf('.') >= 0 || part.indexOf(':') >= 0 || part.equals("localhost");
    }

    /** What its manifest is asked for by: the digest, else the tag, which is {@code latest} where none is given. */
    String version() {
        return digest.or(() -> tag).orElse("latest");
    }

    /** Registry and path alone, as pushed to. */
    String repository() {
        return registry.map(host -> host + "/").orElse("") + path;
    }

    /** The same repository with this tag and no digest. */
    ImageReference withTag(String other) {
        return new ImageReference(registry, path, Optional.of(other), Optional.empty());
    }

    /** The same repository at this digest, without a tag: what a task definition is pinned to. */
    ImageReference pinned(String sha256) {
        return new ImageReference(registry, path, Optional.empty(), Optional.of(sha256));
    }

    @Override
    public String toString() {
        return repository()
                + tag.map(value -> ":" + value).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }
}
