package io.deployflow.ecs;

import io.deployflow.Manifest;
import io.deployflow.ecs.LayersSettings.Layer;
import io.deployflow.ecs.internal.layers.PathBytes;
import io.deployflow.ecs.internal.registry.Digests;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what commands make by what they depend on: themselves, the lock files, the kind of machine, and the base image
 * and platforms that it is made for.
 */
final class PrepareKey {
    private static final String FORMAT = "deployflow prepared 2";

    private PrepareKey() {}

    /**
     * The key of a layer that commands make.
     *
     * @param image what it is a layer of
     * @param directory where the application is in the image
     */
    static String of(Layer layer, LayersSettings image, String directory, Manifest source) {
        List<String> parts = new ArrayList<>(List.of(FORMAT, System.getProperty("os.arch"), directory));
        parts.add(image.base() + " " + image.platforms());
        parts.add(layer.from() + " " + layer.to() + " " + layer.exclude() + " " + layer.owner());
        parts.add(layer.modes().toString());
        parts.addAll(layer.prepare());
        source.entries().stream()
                .filter(entry -> layer.locks().stream().anyMatch(lock -> isIn(entry.path(), lock)))
                .map(entry -> entry.path() + " " + entry.kind() + " " + entry.mode() + " " + entry.digest())
                .forEach(parts::add);
        return Digests.digits(Digests.of(String.join("\n", parts)));
    }

    /** Whether something of the source is a lock, or in one that is a directory. */
    static boolean isIn(String path, String lock) {
        String name = PathBytes.of(lock.replaceFirst("^(\\./)+", "").replaceFirst("/+$", ""));
        return name.equals(".") || path.equals(name) || path.startsWith(name + "/");
    }
}
