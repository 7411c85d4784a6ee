package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** From a base image, layers and what is to run to the documents that an image is. Nothing in them tells a time. */
public final class ImageMaker {
    private static final String EPOCH = "1970-01-01T00:00:00Z";
    private static final String PATH = "PATH";
    /** Where an engine looks in an image that does not say. */
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ImageMaker() {}

    /**
     * Makes the image of one platform.
     *
     * @param layers from the bottom up, above the base image's
     */
    public static Image image(BaseImage base, List<Layer> layers, ContainerConfig container) {
        byte[] config = Json.bytes(config(base, layers, container));
        byte[] manifest = Json.bytes(manifest(base, layers, config));
        return new Image(base, layers, config, manifest);
    }

    /** Makes the index of several. */
    public static byte[] index(List<Image> images) {
        ObjectNode index = Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
        ArrayNode manifests = index.putArray("manifests");
        images.forEach(image -> manifests
                .addObject()
                .put("mediaType", MediaTypes.MANIFEST)
                .put("digest", image.digest())
                .put("size", image.manifest().length)
                .set("platform", image.base().platform().json()));
        return Json.bytes(index);
    }

    private static ObjectNode manifest(BaseImage base, List<Layer> layers, byte[] config) {
        ObjectNode manifest = Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.MANIFEST);
        manifest.putObject("config")
                .put("mediaType", MediaTypes.CONFIG)
                .put("digest", Digests.of(config))
                .put("size", config.length);
        ArrayNode list = manifest.putArray("layers");
        base.layers().forEach(layer -> descriptor(list, layer.mediaType(), layer.digest(), layer.size()));
        layers.forEach(layer -> descriptor(list, MediaTypes.LAYER, layer.digest(), layer.size())
                .putObject("annotations")
                .put(KnownLayers.KEY, layer.key())
                .put(KnownLayers.NAME, layer.name()));
        return manifest;
    }

    private static ObjectNode descriptor(ArrayNode list, String mediaType, String digest, long size) {
        return list.addObject()
                .put("mediaType", mediaType)
                .put("digest", digest)
                .put("size", size);
    }

    private static ObjectNode config(BaseImage base, List<Layer> layers, ContainerConfig container) {
        ObjectNode config = base.config().deepCopy();
        config.put("created", EPOCH).remove(List.of("container", "container_config", "docker_version", "id", "parent"));
        apply(container, config.withObject("/config"));
        ObjectNode root = config.withObject("/rootfs").put("type", "layers");
        ArrayNode diffIds = root.withArray("/diff_ids");
        layers.forEach(layer -> diffIds.add(layer.diffId()));
        ArrayNode history = config.withArray("/history");
        layers.forEach(layer ->
                history.addObject().put("created", EPOCH).put("created_by", "deployflow layer " + layer.name()));
        return config;
    }

    private static void apply(ContainerConfig container, ObjectNode config) {
        if (!container.entrypoint().isEmpty()) {
            words(config, "Entrypoint", container.entrypoint());
            config.remove("Cmd"); // The base's are arguments of another program.
        }
        if (!container.command().isEmpty()) {
            words(config, "Cmd", container.command());
        }
        container.user().ifPresent(user -> config.put("User", user));
        container.workdir().ifPresent(directory -> config.put("WorkingDir", directory));
        ArrayNode environment = environment(config.path("Env"), container);
        if (!environment.isEmpty()) {
            config.set("Env", environment);
        }
        container.labels().forEach((name, value) -> config.withObject("/Labels").put(name, value));
        container.ports().forEach(port -> config.withObject("/ExposedPorts").putObject(port));
    }

    private static void words(ObjectNode config, String key, List<String> words) {
        ArrayNode list = config.putArray(key);
        words.forEach(list::add);
    }

    private static ArrayNode environment(JsonNode base, ContainerConfig container) {
        Map<String, String> variables = new TreeMap<>(container.environment());
        if (!container.path().isEmpty()) {
            variables.put(PATH, String.join(":", container.path()) + ":" + path(base));
        }
        Stream<String> kept =
                Json.items(base).map(JsonNode::asText).filter(line -> !variables.containsKey(variable(line)));
        ArrayNode list = Json.object().arrayNode();
        Stream.concat(kept, variables.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()))
                .forEach(list::add);
        return list;
    }

    private static String path(JsonNode base) {
        return Json.items(base)
                .map(JsonNode::asText)
                .filter(line -> variable(line).equals(PATH))
                .map(line -> line.substring(PATH.length() + 1))
                .findFirst()
                .orElse(USUAL_PATH);
    }

    private static String variable(String line) {
        return line.substring(0, Math.max(0, line.indexOf('=')));
    }
}
