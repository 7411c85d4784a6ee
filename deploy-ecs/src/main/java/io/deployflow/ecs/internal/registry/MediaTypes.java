package io.deployflow.ecs.internal.registry;

import java.util.Map;
import java.util.Set;

/** The media types of images: OCI's, and Docker's for the same things. */
public final class MediaTypes {
    /** An image of one platform. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** A list of images, one a platform. */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** What an image runs. */
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    /** A compressed layer. */
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** What is taken for a manifest. */
    static final Map<String, String> ACCEPT =
            Map.of("Accept", String.join(", ", MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_INDEX));

    private static final Map<String, String> AS_OCI = Map.of(
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            LAYER,
            "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.oci.image.layer.v1.tar");
    private static final Set<String> INDEXES = Set.of(INDEX, DOCKER_INDEX);

    private MediaTypes() {}

    /** Whether it lists the images of several platforms. */
    public static boolean isIndex(String mediaType) {
        return INDEXES.contains(mediaType);
    }

    /** OCI's name for the same kind of layer. */
    public static String layer(String mediaType) {
        return AS_OCI.getOrDefault(mediaType, mediaType);
    }
}
