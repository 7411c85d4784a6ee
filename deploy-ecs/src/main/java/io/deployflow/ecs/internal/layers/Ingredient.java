package io.deployflow.ecs.internal.layers;

import io.deployflow.CancellationToken;
import io.deployflow.TreeContent;
import java.util.function.Supplier;

/**
 * A layer that an image needs, made or not.
 *
 * @param name for people
 * @param key what its bytes depend on: equal keys, equal layers
 * @param files how many entries it has; 0 where that is not known before it is made
 * @param bytes of its files; 0 where that is not known
 * @param filling what is in it; asked for only where nobody knows the layer yet
 */
public record Ingredient(String name, String key, int files, long bytes, Supplier<Filling> filling) {

    /**
     * What is in a layer.
     *
     * @param content its entries
     * @param source where their bytes are
     */
    public record Filling(LayerContent content, TreeContent source) {}

    /** Whether commands have to run before anybody can say what is in it. */
    public boolean isPrepared() {
        return files == 0;
    }

    /** The same, whose files are read no further when the deploy is cancelled. */
    public Ingredient until(CancellationToken cancellation) {
        return new Ingredient(name, key, files, bytes, () -> {
            Filling whole = filling.get();
            return new Filling(whole.content(), new CancellableContent(whole.source(), cancellation));
        });
    }

    /** A layer of a tree that is there. */
    public static Ingredient of(LayerContent content, TreeContent source) {
        return new Ingredient(
                content.name(),
                content.key(),
                content.entries().size(),
                content.bytes(),
                () -> new Filling(content, source));
    }
}
