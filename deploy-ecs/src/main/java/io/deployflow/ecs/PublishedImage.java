package io.deployflow.ecs;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a registry says of an image.
 *
 * @param processors for which it is, in Docker's words, such as {@code amd64}, in their order; none where that is not
 *     known
 * @param packed bytes of each layer as the registry keeps it, by the engine's short id of what is in the layer; none
 *     where that is not known
 */
record PublishedImage(Set<String> processors, Map<String, Long> packed) {
    /** Of an image of which nothing could be read. */
    static final PublishedImage UNKNOWN = new PublishedImage(Set.of(), Map.of());

    PublishedImage {
        processors = Collections.unmodifiableSet(new TreeSet<>(processors));
        packed = Map.copyOf(packed);
    }
}
