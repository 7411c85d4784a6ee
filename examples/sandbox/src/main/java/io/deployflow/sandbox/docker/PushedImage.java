package io.deployflow.sandbox.docker;

/**
 * An image in a registry.
 *
 * @param reference {@code host:port/repository:tag}
 * @param digest {@code sha256:...} of its manifest
 */
public record PushedImage(String reference, String digest) {}
