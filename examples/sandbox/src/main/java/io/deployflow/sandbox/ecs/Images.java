package io.deployflow.sandbox.ecs;

import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.port.Registry;

/** Resolves image references of the sandbox's registry to digests. */
public final class Images {

    private final Registry registry;

    /**
     * Over a registry.
     *
     * @param registry the sandbox's registry
     */
    public Images(Registry registry) {
        this.registry = registry;
    }

    /**
     * Resolves a tag.
     *
     * @param image a reference: {@code host:port/repository[:tag][@digest]}
     * @return the reference by digest; unchanged when it is of another registry, has a digest, or does not exist (then
     *     the pull will fail and say so)
     */
    public String resolve(String image) {
        String prefix = registry.endpoint() + "/";
        if (!image.startsWith(prefix)) {
            return image;
        }
        String rest = image.substring(prefix.length());
        int at = rest.indexOf('@');
        int colon = at < 0 ? rest.lastIndexOf(':') : rest.substring(0, at).lastIndexOf(':');
        int end = colon >= 0 ? colon : at >= 0 ? at : rest.length();
        String repository = rest.substring(0, end);
        if (at >= 0) {
            return prefix + repository + rest.substring(at);
        }
        String tag = colon < 0 ? "latest" : rest.substring(colon + 1);
        return registry.manifest(repository, tag)
                .map(ImageManifest::digest)
                .map(digest -> prefix + repository + "@" + digest)
                .orElse(image);
    }
}
