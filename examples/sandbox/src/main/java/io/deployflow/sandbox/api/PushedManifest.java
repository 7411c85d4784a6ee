package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads the manifest out of a request of PutImage. */
final class PushedManifest {

    private PushedManifest() {}

    static ImageManifest of(ObjectNode request) {
        String body = Json.required(request, "imageManifest");
        if (!Json.isObject(body)) {
            throw AwsException.invalid(
                    "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON" + " syntax'");
        }
        String type = Json.text(request, "imageManifestMediaType")
                .or(() -> Json.text(Json.parse(body), "mediaType"))
                .orElse("application/vnd.docker.distribution.manifest.v2+json");
        ImageManifest manifest = new ImageManifest("sha256:" + sha256(body), type, body);
        Json.text(request, "imageDigest")
                .filter(given -> !given.equals(manifest.digest()))
                .ifPresent(given -> {
                    throw new AwsException(
                            "ImageDigestDoesNotMatchException",
                            "The digest '%s' does not match that of the manifest".formatted(given));
                });
        return manifest;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
