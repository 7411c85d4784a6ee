package io.deployflow.ecs.internal.layers;

import io.deployflow.BuildException;
import io.deployflow.ConfigurationException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds layers, or makes them: what an image in the registry or an earlier build knows is not made again. */
public final class LayerStore {
    private static final Logger LOG = LoggerFactory.getLogger(LayerStore.class);
    private static final String NOTES = "layers";
    private static final int WORDS = 3;

    private final ImageCache cache;
    private final Supplier<RegistryRepository> target;

    /**
     * With a cache.
     *
     * @param target where layers are sent to; asked only for what commands made that this machine has no longer
     */
    public LayerStore(ImageCache cache, Supplier<RegistryRepository> target) {
        this.cache = cache;
        this.target = target;
    }

    /** What is known of a layer without making it. */
    public Optional<Layer> find(Ingredient ingredient, KnownLayers known) {
        return known.get(ingredient.key())
                .or(() -> recall(ingredient.key()).filter(layer -> !ingredient.isPrepared() || isThere(layer)))
                .map(layer -> layer.named(ingredient.name()));
    }

    /** Commands may make other bytes each time: a note of some that nobody has any longer is worth nothing. */
    private boolean isThere(Layer layer) {
        return cache.has(layer.digest())
                || asked(() -> target.get().hasBlob(layer.digest())).orElse(false);
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
        Path file = cache.blob(layer.digest())
                .or(() -> ingredient.isPrepared() ? brought(layer) : Optional.empty())
                .orElseGet(() -> made(layer, ingredient));
        return Blob.of(file, layer.digest(), layer.size());
    }

    private Optional<Path> brought(Layer layer) {
        return asked(() -> {
            try {
                return new BlobDownload(target.get(), cache).get(layer.digest());
            } catch (IOException e) {
                throw unwritable(layer.name(), e);
            }
        });
    }

    /** Empty where the registry does not answer: what it would have told can be made. */
    private static <T> Optional<T> asked(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (RegistryException | TargetUnreachableException | ConfigurationException e) {
            LOG.debug("the registry does not tell of a layer", e);
            return Optional.empty();
        }
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
        return ingredient.isPrepared() ? makeAlone(ingredient) : pack(ingredient);
    }

    /** All commands run in one directory: what some made is packed before others change it. */
    private synchronized Layer makeAlone(Ingredient ingredient) {
        return pack(ingredient);
    }

    private Layer pack(Ingredient ingredient) {
        try {
            Ingredient.Filling filling = ingredient.filling().get();
            Layer made =
                    cache.put(file -> new LayerFile(filling.content(), filling.source()).write(file), Layer::digest);
            Layer layer = new Layer(ingredient.name(), ingredient.key(), made.digest(), made.size(), made.diffId());
            cache.remember(NOTES, layer.key(), layer.digest() + " " + layer.size() + " " + layer.diffId());
            return layer;
        } catch (IOException e) {
            throw unwritable(ingredient.name(), e);
        }
    }

    private static BuildException unwritable(String layer, IOException e) {
        return new BuildException(
                "layer " + layer + " cannot be written: " + e,
                "Make room on the disk: neither the cache nor the temporary directory has any.",
                null,
                e);
    }

    private Optional<Layer> recall(String key) {
        return cache.recall(NOTES, key)
                .map(text -> List.of(text.split(" ", -1)))
                .filter(words -> words.size() == WORDS)
                .map(words -> new Layer("", key, words.get(0), Long.parseLong(words.get(1)), words.get(2)));
    }
}
