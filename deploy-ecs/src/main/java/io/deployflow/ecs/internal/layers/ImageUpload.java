package io.deployflow.ecs.internal.layers;

import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Brings an image to a repository: what is missing there, at once, and last what names it. */
public final class ImageUpload {
    private static final int AT_ONCE = 4;
    /** As many digits of a digest as Docker shows. */
    private static final int SHOWN = 12;

    private final RegistryRepository target;
    private final RegistryRepository base;
    private final ImageCache cache;
    private final Executor executor;
    private final Watcher watcher;

    /** Is told of what is sent, from several threads. */
    public interface Watcher {
        /** So much of a blob is there. */
        void sent(String name, long bytes, long total);

        /** A blob need not be sent. */
        void there(String name);
    }

    /**
     * To a repository.
     *
     * @param base where the base image's layers are
     */
    public ImageUpload(
            RegistryRepository target, RegistryRepository base, ImageCache cache, Executor executor, Watcher watcher) {
        this.target = target;
        this.base = base;
        this.cache = cache;
        this.executor = executor;
        this.watcher = watcher;
    }

    /**
     * Sends it, unless the tag is this very image already.
     *
     * @throws RegistryException if the registry does not take it
     */
    public void run(BuiltImage image, String tag) {
        if (target.digest(tag).filter(image.digest()::equals).isPresent()) {
            watcher.there("image");
            return;
        }
        sendBlobs(pieces(image, true));
        try {
            putManifests(image, tag);
        } catch (RegistryException e) {
            if (!e.says("BLOB_UNKNOWN")) {
                throw e;
            }
            // What the live image had is gone from the registry: now it is asked for every blob.
            sendBlobs(pieces(image, false));
            putManifests(image, tag);
        }
    }

    private void putManifests(BuiltImage image, String tag) {
        if (image.images().size() > 1) {
            image.images().forEach(one -> target.putManifest(one.digest(), MediaTypes.MANIFEST, one.manifest()));
        }
        target.putManifest(tag, image.mediaType(), image.document());
    }

    /**
     * Something to send.
     *
     * @param name for people; no other piece has it
     * @param isNew whether it is not worth asking for
     * @param isBase whether it is of the base image
     */
    private record Piece(String name, String digest, boolean isNew, boolean isBase, Supplier<Blob> blob) {
        private Piece withDigest() {
            String one = name + "-" + Digests.digits(digest).substring(0, SHOWN);
            return new Piece(one, digest, isNew, isBase, blob);
        }
    }

    /**
     * The blobs that may be missing, each once.
     *
     * @param trusting whether what the live image has is there
     */
    private List<Piece> pieces(BuiltImage image, boolean trusting) {
        Map<String, Piece> pieces = new LinkedHashMap<>();
        for (Image one : image.images()) {
            Blob config = Blob.of(one.config());
            one.layers()
                    .forEach(layer -> pieces.put(
                            layer.digest(),
                            new Piece(layer.name(), layer.digest(), false, false, image.blob(layer.digest()))));
            pieces.put(config.digest(), new Piece("configuration", config.digest(), trusting, false, () -> config));
            one.base()
                    .layers()
                    .forEach(layer -> pieces.put(
                            layer.digest(), new Piece("base", layer.digest(), false, true, () -> baseLayer(layer))));
        }
        named(pieces);
        if (trusting) {
            pieces.keySet().removeAll(image.known().digests());
        }
        return List.copyOf(pieces.values());
    }

    /** Those of one name, such as the layers of the base image, are told apart by their digests. */
    private static void named(Map<String, Piece> pieces) {
        Map<String, Long> times =
                pieces.values().stream().collect(Collectors.groupingBy(Piece::name, Collectors.counting()));
        pieces.replaceAll((digest, piece) -> times.getOrDefault(piece.name(), 1L) > 1 ? piece.withDigest() : piece);
    }

    private Blob baseLayer(BaseImage.LayerRef layer) {
        try {
            return Blob.of(new BlobDownload(base, cache).get(layer.digest()), layer.digest(), layer.size());
        } catch (IOException e) {
            throw new UncheckedIOException("the base image's layer " + layer.digest() + " cannot be kept", e);
        }
    }

    private void sendBlobs(List<Piece> pieces) {
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Piece piece : pieces) {
            all.add(CompletableFuture.runAsync(() -> inTurn(places, piece), executor));
        }
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private void inTurn(Semaphore places, Piece piece) {
        places.acquireUninterruptibly();
        try {
            send(piece);
        } finally {
            places.release();
        }
    }

    private void send(Piece piece) {
        if (!piece.isNew() && target.hasBlob(piece.digest())) {
            watcher.there(piece.name());
            return;
        }
        if (piece.isBase() && target.mount(piece.digest(), base.name())) {
            watcher.there(piece.name());
            return;
        }
        Blob blob = piece.blob().get();
        LongConsumer sent = bytes -> watcher.sent(piece.name(), bytes, blob.size());
        target.upload(blob, sent);
    }
}
