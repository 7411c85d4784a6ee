package io.deployflow.sandbox.port;

/**
 * An image manifest as the registry stores it.
 *
 * @param digest {@code sha256:...}
 * @param mediaType its media type
 * @param body the JSON text, unchanged
 */
public record ImageManifest(String digest, String mediaType, String body) {}
