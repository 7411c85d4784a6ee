package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.ImageArtifact;
import io.deployflow.ecs.internal.layers.BaseImage;
import io.deployflow.ecs.internal.layers.BaseImages;
import io.deployflow.ecs.internal.layers.BaseReference;
import io.deployflow.ecs.internal.layers.BlobDownload;
import io.deployflow.ecs.internal.layers.BuiltImage;
import io.deployflow.ecs.internal.layers.ImageCache;
import io.deployflow.ecs.internal.layers.ImageMaker;
import io.deployflow.ecs.internal.layers.Ingredient;
import io.deployflow.ecs.internal.layers.KnownLayers;
import io.deployflow.ecs.internal.layers.Layer;
import io.deployflow.ecs.internal.layers.LayerStore;
import io.deployflow.ecs.internal.layers.Platform;
import io.deployflow.ecs.internal.layers.Sbom;
import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Builds an image of layers; what is known here or in the registry is neither read nor made. */
final class LayersBuild implements BuildStrategy<ImageArtifact> {
    private static final long SMALL = 4L << 20;

    private final LayersSettings settings;
    private final ImageRegistry registry;
    private final Lazy<RegistryRepository> target;
    private final BaseReference base;
    private final RegistryRepository baseRegistry;
    private final BaseImages bases;
    private final ImageCache cache;
    private final ImagesThere there;
    private final Supplier<List<ContainerDefinition>> containers;
    private final LayerStore store;
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private @Nullable Survey survey;
    private @Nullable BuiltImage built;

    LayersBuild(
            LayersSettings settings,
            ImageRegistry registry,
            Lazy<RegistryRepository> target,
            BaseReference base,
            RegistryRepository baseRegistry,
            ImageCache cache,
            ImagesThere there,
            Supplier<List<ContainerDefinition>> containers) {
        this.settings = settings;
        this.registry = registry;
        this.target = target;
        this.base = base;
        this.baseRegistry = baseRegistry;
        this.cache = cache;
        this.there = there;
        this.containers = containers;
        this.store = new LayerStore(cache, target::get);
        this.bases = new BaseImages(base, baseRegistry, cache, warnings::add);
    }

    /**
     * All that is known before a layer is made.
     *
     * @param recipe what the image consists of
     * @param bases the base image on each platform
     * @param known what the registry has of the image that serves
     */
    record Survey(Ingredients.Recipe recipe, List<BaseImage> bases, KnownLayers known) {}

    /** Layers of files are made ahead as well; commands that make some are run when the build's events are told. */
    @Override
    public void prepare(DeployContext context) {
        layersOfFiles(survey(context), context);
    }

    private List<Layer> layersOfFiles(Survey all, DeployContext context) {
        return Parallel.run(
                all.recipe().layers().stream().filter(one -> !one.isPrepared()).toList(),
                ingredient -> store.layer(ingredient, all.known()),
                context.executor());
    }

    /** Commands run in the order of the stack, each alone, and not before the files that they may change are packed. */
    private List<Layer> layers(Survey all, DeployContext context) {
        Iterator<Layer> ofFiles = layersOfFiles(all, context).iterator();
        List<Layer> layers = new ArrayList<>();
        for (Ingredient ingredient : all.recipe().layers()) {
            layers.add(ingredient.isPrepared() ? store.layer(ingredient, all.known()) : ofFiles.next());
        }
        return layers;
    }

    /** Says what was noticed when all was looked at. */
    void tellWarnings(DeployContext context) {
        for (String warning = warnings.poll(); warning != null; warning = warnings.poll()) {
            context.warn(warning);
        }
    }

    @Override
    public synchronized ImageArtifact build(DeployContext context) {
        Survey all = survey(context);
        tellWarnings(context);
        bases.remember();
        List<Layer> layers = layers(all, context);
        BuiltImage image = assemble(all, layers, context);
        built = image;
        context.output("local", "image " + image.digest() + " of " + layers.size() + " layers on " + base.text());
        return new ImageArtifact(context.source().revision(), image.digest());
    }

    private BuiltImage assemble(Survey all, List<Layer> layers, DeployContext context) {
        Map<String, Supplier<Blob>> blobs = new HashMap<>();
        List<Ingredient> ingredients = all.recipe().layers();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            Ingredient ingredient = ingredients.get(i);
            blobs.put(layer.digest(), () -> store.blob(layer, ingredient));
        }
        String revision = context.source().revision().id();
        return new BuiltImage(
                all.bases().stream()
                        .map(one -> ImageMaker.image(
                                one, layers, all.recipe().stack().config(revision)))
                        .toList(),
                blobs,
                all.known());
    }

    /** Source, base image and live image are looked at side by side, once a deploy. */
    synchronized Survey survey(DeployContext context) {
        Survey done = survey;
        if (done == null) {
            CompletableFuture<List<BaseImage>> read =
                    CompletableFuture.supplyAsync(() -> bases.read(platforms()), context.executor());
            CompletableFuture<KnownLayers> first = CompletableFuture.supplyAsync(there::first, context.executor());
            Ingredients.Recipe recipe = Ingredients.of(settings, cache, context);
            KnownLayers known = Parallel.join(first);
            done = new Survey(recipe, Parallel.join(read), isEnough(recipe, known) ? known : known.and(there.rest()));
            PreparedPlatforms.warning(recipe.layers(), platforms(), Platform.ofThisMachine())
                    .ifPresent(warnings::add);
            warnings.addAll(recipe.warnings());
            new StartCheck(done.bases().get(0), recipe.stack(), containers)
                    .warnings()
                    .forEach(warnings::add);
            survey = done;
        }
        return done;
    }

    /** Whether what is left to be made is made sooner than anybody could be asked what serves. */
    private boolean isEnough(Ingredients.Recipe recipe, KnownLayers known) {
        List<Ingredient> unknown = recipe.layers().stream()
                .filter(one -> store.find(one, known).isEmpty())
                .toList();
        return !known.digests().isEmpty()
                && unknown.stream().noneMatch(Ingredient::isPrepared)
                && unknown.stream().mapToLong(Ingredient::bytes).sum() <= SMALL;
    }

    /** Whether the target's repository has a layer; asked only where no image there is known to have it. */
    boolean isThere(String digest, Survey all) {
        return all.known().digests().contains(digest) || target.get().hasBlob(digest);
    }

    private List<Platform> platforms() {
        return settings.platforms().stream().map(Platform::parse).toList();
    }

    /** The image of a digest that this has built. */
    BuiltImage built(String digest) {
        BuiltImage image = built;
        if (image == null || !image.digest().equals(digest)) {
            throw new IllegalStateException("image " + digest + " was not built here");
        }
        return image;
    }

    /** What is in its layers, if that is to be attached. */
    Optional<byte[]> sbom(BuiltImage image) {
        Survey done = survey;
        return settings.sbom() && done != null
                ? Optional.of(Sbom.of(image, base.text(), done.recipe().layers()))
                : Optional.empty();
    }

    /** A layer of the base image. */
    Blob baseLayer(BaseImage.LayerRef layer) {
        try {
            return Blob.of(new BlobDownload(baseRegistry, cache).get(layer.digest()), layer.digest(), layer.size());
        } catch (IOException e) {
            throw new BuildException(
                    "the base image's layer " + layer.digest() + " cannot be kept: " + e,
                    "Make room on the disk: neither the cache nor the temporary directory has any.",
                    null,
                    e);
        }
    }

    LayerStore store() {
        return store;
    }

    ImageCache cache() {
        return cache;
    }

    RegistryRepository target() {
        return target.get();
    }

    RegistryRepository baseRegistry() {
        return baseRegistry;
    }

    ImageRegistry registry() {
        return registry;
    }
}
