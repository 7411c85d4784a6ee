package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.nio.charset.StandardCharsets;

/** Attaches a document to an image, as OCI has it: a manifest of its own that names the image as its subject. */
public final class Attachment {
    private static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private final RegistryRepository target;

    /** In the image's repository. */
    public Attachment(RegistryRepository target) {
        this.target = target;
    }

    /** Sends it, unless it is there; registries that do not list what is attached find it under a tag. */
    public void send(BuiltImage image, String mediaType, byte[] document) {
        byte[] manifest = Json.bytes(manifest(image, mediaType, document));
        String digest = Digests.of(manifest);
        String tag = image.digest().replace(':', '-');
        byte[] index = Json.bytes(index(mediaType, digest, manifest.length));
        if (target.digest(tag).filter(Digests.of(index)::equals).isPresent()) {
            return;
        }
        for (Blob blob : new Blob[] {Blob.of(EMPTY), Blob.of(document)}) {
            if (!target.hasBlob(blob.digest())) {
                target.upload(blob, sent -> {});
            }
        }
        target.putManifest(digest, MediaTypes.MANIFEST, manifest);
        target.putManifest(tag, MediaTypes.INDEX, index);
    }

    private static ObjectNode manifest(BuiltImage image, String mediaType, byte[] document) {
        ObjectNode manifest = Json.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.MANIFEST)
                .put("artifactType", mediaType);
        descriptor(manifest.putObject("config"), EMPTY_TYPE, Digests.of(EMPTY), EMPTY.length);
        descriptor(manifest.putArray("layers").addObject(), mediaType, Digests.of(document), document.length);
        descriptor(manifest.putObject("subject"), image.mediaType(), image.digest(), image.document().length);
        return manifest;
    }

    private static ObjectNode index(String mediaType, String digest, int size) {
        ObjectNode index = Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
        descriptor(index.putArray("manifests").addObject(), MediaTypes.MANIFEST, digest, size)
                .put("artifactType", mediaType);
        return index;
    }

    private static ObjectNode descriptor(ObjectNode to, String mediaType, String digest, int size) {
        return to.put("mediaType", mediaType).put("digest", digest).put("size", size);
    }
}
