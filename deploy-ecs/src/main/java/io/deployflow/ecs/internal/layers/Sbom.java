package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.BuildException;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeContent;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A list of what is in the layers of an image, in CycloneDX's form. Nothing in it tells a time. */
public final class Sbom {
    /** Its media type. */
    public static final String MEDIA_TYPE = "application/vnd.cyclonedx+json";

    private Sbom() {}

    /**
     * Lists every file by its SHA-256, for which all of them are read; of a layer that commands have made, and that is
     * not read, the layer alone.
     *
     * @param image what they are layers of
     * @param ingredients one for each layer of the image, in the same order
     * @throws BuildException if a file cannot be read
     */
    public static byte[] of(BuiltImage image, String base, List<Ingredient> ingredients) {
        ObjectNode sbom = Json.object()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.5")
                .put("version", 1);
        sbom.putObject("metadata")
                .putObject("component")
                .put("type", "container")
                .put("name", image.digest());
        ArrayNode components = sbom.putArray("components");
        components.addObject().put("type", "container").put("name", base);
        List<Layer> layers = image.images().get(0).layers();
        for (int i = 0; i < layers.size(); i++) {
            add(components, layers.get(i), ingredients.get(i));
        }
        return Json.bytes(sbom);
    }

    private static void add(ArrayNode components, Layer layer, Ingredient ingredient) {
        if (ingredient.isPrepared()) {
            component(components, "layer " + layer.name(), Digests.digits(layer.digest()), layer);
            return;
        }
        Ingredient.Filling filling = ingredient.filling().get();
        try (TreeContent.Reader reader = filling.source().reader()) {
            reader.prefetch(filling.content().files());
            for (ImageEntry entry : filling.content().entries()) {
                if (entry.kind() == Kind.FILE) {
                    component(components, "/" + entry.displayPath(), digest(entry, reader), layer);
                }
            }
        } catch (IOException e) {
            throw new BuildException(
                    "layer " + layer.name() + " cannot be listed: " + e.getMessage(),
                    "Make every file of it readable, or set 'sbom: false'.",
                    null,
                    e);
        }
    }

    private static String digest(ImageEntry entry, TreeContent.Reader reader) throws IOException {
        try (InputStream content = reader.open(entry.source().orElseThrow())) {
            return Digests.digits(Digests.of(content));
        }
    }

    private static void component(ArrayNode components, String name, String sha256, Layer layer) {
        ObjectNode component = components.addObject().put("type", "file").put("name", name);
        component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256);
        component
                .putArray("properties")
                .addObject()
                .put("name", "deployflow:layer")
                .put("value", layer.name());
    }
}
