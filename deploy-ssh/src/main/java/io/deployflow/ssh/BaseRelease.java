package io.deployflow.ssh;

import java.nio.charset.StandardCharsets;

/**
 * The release of a host that its next one can begin with a copy of.
 *
 * @param id its id
 * @param digest SHA-256 of its manifest, as recorded when it was staged
 */
record BaseRelease(String id, String digest) {
    /** Whether a manifest's text (bytes as chars) is this release's. */
    boolean isOf(String manifest) {
        return Digests.sha256(manifest.getBytes(StandardCharsets.ISO_8859_1)).equals(digest);
    }
}
