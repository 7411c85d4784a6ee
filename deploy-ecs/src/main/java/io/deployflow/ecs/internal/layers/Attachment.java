package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attaches a document to an image, as OCI has it: a manifest of its own that names the image as its subject. */
public final class Attachment {
    private static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private static final String LISTED = "manifests";
    private static final int OK = 200;

    private final RegistryRepository target;

    /** In the image's repository. */
    public Attachment(RegistryRepository target) {
        this.target = target;
    }

    /**
     * Sends it, unless it is listed already. Registries that do not list by themselves what is attached find it under a
     * tag, among what others have attached.
     *
     * @throws RegistryException if the registry does not take it
     */
    public void send(BuiltImage image, String mediaType, byte[] document) {
        byte[] manifest = Json.bytes(manifest(image, mediaType, document));
        String digest = Digests.of(manifest);
        String tag = image.digest().replace(':', '-');
        ObjectNode list = list(tag);
        if (Json.items(list.path(LISTED))
                .anyMatch(one -> one.path("digest").asText().equals(digest))) {
            return;
        }
        for (Blob blob : new Blob[] {Blob.of(EMPTY), Blob.of(document)}) {
            if (!target.hasBlob(blob.digest())) {
                target.upload(blob, sent -> {});
            }
        }
        boolean isListed = target.putManifest(digest, MediaTypes.MANIFEST, manifest);
        if (!isListed) {
            descriptor(list.withArray(LISTED).addObject(), MediaTypes.MANIFEST, digest, manifest.length)
                    .put("artifactType", mediaType);
            target.putManifest(tag, MediaTypes.INDEX, Json.bytes(list));
        }
    }

    /** What is attached so far, where the registry keeps that under a tag. */
    private ObjectNode list(String tag) {
        Optional<byte[]> there = target.manifest(tag);
        if (there.isEmpty()) {
            return Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
        }
        try {
            if (Json.read(there.get()) instanceof ObjectNode list
                    && list.path("mediaType").asText(MediaTypes.INDEX).equals(MediaTypes.INDEX)) {
                return list;
            }
        } catch (IOException e) {
            throw strange(tag, e);
        }
        throw strange(tag, null);
    }

    private RegistryException strange(String tag, @Nullable Exception cause) {
        return new RegistryException(
                "tag " + tag + " of " + target.name() + " is no list of what is attached to an image", OK, cause);
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

    private static ObjectNode descriptor(ObjectNode to, String mediaType, String digest, int size) {
        return to.put("mediaType", mediaType).put("digest", digest).put("size", size);
    }
}
