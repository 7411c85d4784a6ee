package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.CancellationToken;
import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.CancellableStream;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image as one file: an OCI layout that {@code docker load} and {@code podman load} take as well. */
public final class ImageTar {
    private static final int BUFFER = 1 << 16;

    private final BuiltImage image;
    private final Function<BaseImage.LayerRef, Blob> baseLayers;
    private final CancellationToken cancellation;
    private final Set<String> written = new HashSet<>();

    /**
     * Of an image.
     *
     * @param baseLayers brings the base image's layers
     * @param cancellation ends the writing
     */
    public ImageTar(BuiltImage image, Function<BaseImage.LayerRef, Blob> baseLayers, CancellationToken cancellation) {
        this.image = image;
        this.baseLayers = baseLayers;
        this.cancellation = cancellation;
    }

    /**
     * Writes it.
     *
     * @param name what the image is called where it is loaded
     * @throws IOException if it cannot be written; a file that was there before still is
     */
    public void write(Path file, String name) throws IOException {
        WholeFile.write(file, part -> writeTo(part, name));
    }

    private void writeTo(Path file, String name) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            add(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
            for (Image one : image.images()) {
                addBlob(tar, Blob.of(one.config()));
                for (BaseImage.LayerRef layer : one.base().layers()) {
                    if (!written.contains(layer.digest())) {
                        addBlob(tar, baseLayers.apply(layer));
                    }
                }
                for (Layer layer : one.layers()) {
                    if (!written.contains(layer.digest())) {
                        addBlob(tar, image.blob(layer.digest()).get());
                    }
                }
                addBlob(tar, Blob.of(one.manifest()));
            }
            addBlob(tar, Blob.of(image.document()));
            add(tar, "index.json", Json.bytes(index(name)));
            add(tar, "manifest.json", Json.bytes(dockers(name)));
            tar.finish();
        }
    }

    private ObjectNode index(String name) {
        ObjectNode index = Json.object().put("schemaVersion", 2);
        index.putArray("manifests")
                .addObject()
                .put("mediaType", image.mediaType())
                .put("digest", image.digest())
                .put("size", image.document().length)
                .putObject("annotations")
                .put("org.opencontainers.image.ref.name", name);
        return index;
    }

    private ArrayNode dockers(String name) {
        Image first = image.images().get(0);
        ArrayNode list = Json.object().arrayNode();
        ObjectNode entry = list.addObject().put("Config", path(Digests.of(first.config())));
        entry.putArray("RepoTags").add(name);
        ArrayNode layers = entry.putArray("Layers");
        first.base().layers().forEach(layer -> layers.add(path(layer.digest())));
        first.layers().forEach(layer -> layers.add(path(layer.digest())));
        return list;
    }

    private static String path(String digest) {
        return "blobs/sha256/" + Digests.digits(digest);
    }

    private void addBlob(TarArchiveOutputStream tar, Blob blob) throws IOException {
        if (written.add(blob.digest())) {
            tar.putArchiveEntry(header(path(blob.digest()), blob.size()));
            try (InputStream content = CancellableStream.of(blob.content().open(0), cancellation)) {
                content.transferTo(tar);
            }
            tar.closeArchiveEntry();
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        tar.putArchiveEntry(header(name, content.length));
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry header(String name, long size) {
        TarArchiveEntry header = new TarArchiveEntry(name);
        header.setSize(size);
        header.setMode(0644);
        header.setModTime(FileTime.from(Instant.EPOCH));
        header.setIds(0, 0);
        header.setNames("", "");
        return header;
    }
}
