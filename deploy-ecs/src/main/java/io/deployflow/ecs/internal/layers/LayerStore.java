package io.deployflow.ecs.internal.layers;

import io.deployflow.BuildException;
import io.deployflow.ecs.internal.registry.Blob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds layers, or makes them: what an image in the registry or an earlier build knows is not made again. */
public final class LayerStore {
    private static final String NOTES = "layers";
    private static final int WORDS = 3;

    private final ImageCache cache;

    /** With a cache. */
    public LayerStore(ImageCache cache) {
        this.cache = cache;
    }

    /** What is known of a layer without making it. */
    public Optional<Layer> find(Ingredient ingredient, KnownLayers known) {
        return known.get(ingredient.key())
                .or(() -> recall(ingredient.key()))
                .map(layer -> layer.named(ingredient.name()));
    }

    /**
     * The layer.
     *
     * @throws BuildException if it cannot be made
     */
    public Layer layer(Ingredient ingredient, KnownLayers known) {
        return find(ingredient, known).orElseGet(() -> make(ingredient));
    }

    /**
     * A layer's bytes, made again where they are not on this machine.
     *
     * @throws BuildException if they are not what they were when the layer was made first
     */
    public Blob blob(Layer layer, Ingredient ingredient) {
        Path file = cache.blob(layer.digest()).orElseGet(() -> made(layer, ingredient));
        return Blob.of(file, layer.digest(), layer.size());
    }

    private Path made(Layer layer, Ingredient ingredient) {
        Layer again = make(ingredient);
        return Optional.of(again)
                .filter(one -> one.digest().equals(layer.digest()))
                .flatMap(one -> cache.blob(one.digest()))
                .orElseThrow(() -> new BuildException(
                        "layer " + layer.name() + " came out as " + again.digest() + ", not as " + layer.digest()
                                + " as it was known",
                        "Its files, or what 'prepare' makes, are other ones here: deploy from where it was built, or"
                                + " change a lock file."));
    }

    private Layer make(Ingredient ingredient) {
        try {
            Ingredient.Filling filling = ingredient.filling().get();
            Layer made =
                    cache.put(file -> new LayerFile(filling.content(), filling.source()).write(file), Layer::digest);
            Layer layer = new Layer(ingredient.name(), ingredient.key(), made.digest(), made.size(), made.diffId());
            cache.remember(NOTES, layer.key(), layer.digest() + " " + layer.size() + " " + layer.diffId());
            return layer;
        } catch (IOException e) {
            throw new BuildException(
                    "layer " + ingredient.name() + " cannot be written: " + e,
                    "Make room on the disk: neither the cache nor the temporary directory has any.",
                    null,
                    e);
        }
    }

    private Optional<Layer> recall(String key) {
        return cache.recall(NOTES, key)
                .map(text -> List.of(text.split(" ", -1)))
                .filter(words -> words.size() == WORDS)
                .map(words -> new Layer("", key, words.get(0), Long.parseLong(words.get(1)), words.get(2)));
    }
}
