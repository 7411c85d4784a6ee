package io.deployflow.ecs;

import io.deployflow.Manifest.Kind;
import io.deployflow.ecs.internal.layers.BaseReference;
import io.deployflow.ecs.internal.layers.ImageCache;
import io.deployflow.ecs.internal.layers.LayerContent;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells which layers have a directory where many base images have a link. What the base image's own layers have is not
 * looked at: they need not be on this machine.
 *
 * @param base the base image, as the settings name it
 * @param cache what is in a layer that commands make is seen only when they have run, and remembered here
 */
record HiddenLinks(String base, ImageCache cache) {
    private static final String NOTES = "links";

    /** A warning of a layer whose files are known. */
    Optional<String> warning(LayerContent content) {
        return warning(content.name(), directories(content));
    }

    /** The same of one that commands have just made; {@link #remembered} tells it from now on. */
    Optional<String> remember(String key, LayerContent made) {
        cache.remember(NOTES, key, directories(made));
        return warning(made);
    }

    /** A warning of a layer that commands made in an earlier build on this machine, by its key. */
    Optional<String> remembered(String layer, String key) {
        return cache.recall(NOTES, key).flatMap(directories -> warning(layer, directories));
    }

    private String directories(LayerContent content) {
        return base.equals(BaseReference.SCRATCH)
                ? ""
                : content.entries().stream()
                        .filter(entry -> entry.kind() == Kind.DIRECTORY && LayersSettings.isLinked(entry.path()))
                        .map(entry -> "/" + entry.path())
                        .collect(Collectors.joining(", "));
    }

    private static Optional<String> warning(String layer, String directories) {
        return directories.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "layer " + layer + " has " + directories + " as a directory: where the base image has a link"
                                + " of that name, as Debian's has to /usr, it takes the link's place and hides all behind it. Have"
                                + " its files below /usr or /run");
    }
}
