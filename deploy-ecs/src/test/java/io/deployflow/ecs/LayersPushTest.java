package io.deployflow.ecs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.DeployCancelledException;
import io.deployflow.ImageArtifact;
import io.deployflow.Manifest;
import io.deployflow.PushException;
import io.deployflow.TreeContent;
import io.deployflow.ecs.internal.layers.ImageCache;
import io.deployflow.ecs.internal.layers.Ingredient;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where an image of layers goes: what is told of it, what is attached to it, what a file keeps, and how it is broken
 * off.
 */
class LayersPushTest extends LayersStages {
    private static final String SBOM = "    sbom: true\n";

    @Test
    void push_ofABaseImageOfSeveralLayers_tellsOfEachAndCountsAll() {
        stage.putManifest("1", List.of("one", "and two", "and three"), "amd64");

        stage.deploy("cache", "1111111111", stage.baseElsewhere());

        assertThat(stage.events)
                .filteredOn(DeployEvent.Progress.class::isInstance)
                .extracting(event -> ((DeployEvent.Progress) event).unit())
                .filteredOn(unit -> unit.startsWith("base-"))
                .contains(base("one"), base("and two"), base("and three"));
        long sent = server.blobs.entrySet().stream()
                .filter(blob -> blob.getKey().startsWith("team/app@"))
                .mapToLong(blob -> blob.getValue().length)
                .sum();
        // Three of the base image, code, revision, configuration.
        assertThat(output()).contains("sent " + sent + " bytes in 6 blobs; asked for 0 that were there");
    }

    private static String base(String content) {
        return "base-"
                + Digests.digits(Digests.of(LayersStage.BASE_LAYER + content)).substring(0, 12);
    }

    private List<String> output() {
        return stage.events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

    @Test
    void sbom_ofAnImageInAFile_liesBesideIt() throws IOException {
        DeployContext context = stage.context("1111111111");
        ImageRoad road = stage.road("cache", context, SBOM);
        ImageArtifact artifact = road.build().build(context);

        road.push().save(artifact.image(), "team/app:1", folder.resolve("image.tar"), context);

        assertThat(folder.resolve("image.tar")).isNotEmptyFile();
        assertThat(folder.resolve("image.tar.cdx.json"))
                .content()
                .contains("CycloneDX", Digests.digits(Digests.of("1111111111\n")));
    }

    @Test
    void sbom_whereOthersHaveAttachedSomething_joinsTheirList() throws IOException {
        String tag = tag(stage.deploy("cache", "1111111111"));
        ObjectNode others = Json.object().put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
        others.putArray("manifests").addObject().put("digest", "sha256:signature");
        others.putObject("annotations").put("by", "them");
        server.putManifest("team/app", tag, MediaTypes.INDEX, Json.bytes(others));

        stage.deploy("cache", "1111111111", SBOM);
        stage.deploy("cache", "1111111111", SBOM);

        JsonNode list = Json.read(requireNonNull(server.manifests.get("team/app:" + tag)));
        assertThat(list.path("annotations").path("by").asText()).isEqualTo("them");
        assertThat(list.path("manifests")).hasSize(2);
        assertThat(list.path("manifests").path(0).path("digest").asText()).isEqualTo("sha256:signature");
    }

    @Test
    void sbom_whereTheRegistryListsItByItself_writesNoList() {
        server.listsSubjects = true;

        String tag = tag(stage.deploy("cache", "1111111111", SBOM));

        assertThat(server.count("PUT /v2/team/app/manifests/")).isEqualTo(2);
        assertThat(server.manifests).doesNotContainKey("team/app:" + tag);
    }

    @Test
    void sbom_whereItsListIsSomethingElse_leavesThatAsItIs() {
        String tag = tag(stage.deploy("cache", "1111111111"));
        byte[] image = "{\"mediaType\":\"other\"}".getBytes(StandardCharsets.UTF_8);
        server.putManifest("team/app", tag, "other", image);

        assertThatThrownBy(() -> stage.deploy("cache", "1111111111", SBOM))
                .isInstanceOf(PushException.class)
                .hasMessageContaining("is no list of what is attached");
        assertThat(server.manifests.get("team/app:" + tag)).isEqualTo(image);
    }

    private static String tag(ImageReference image) {
        return image.digest().orElseThrow().replace(':', '-');
    }

    @Test
    void file_whenItCannotBeWrittenWhole_staysAsItWas() throws IOException {
        DeployContext context = stage.context("1111111111");
        ImageRoad road = stage.road("cache", context);
        ImageArtifact artifact = road.build().build(context);
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("out")).resolve("image.tar"), "the last one");
        server.blobs.keySet().removeIf(blob -> blob.startsWith("base@"));

        assertThatThrownBy(() -> road.push().save(artifact.image(), "team/app:1", file, context))
                .isInstanceOf(PushException.class);

        assertThat(file).hasContent("the last one");
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void file_isWrittenNoFurther_whenCancelled() throws IOException {
        DeployContext context = stage.context("1111111111");
        ImageRoad road = stage.road("cache", context, "    base: scratch\n");
        ImageArtifact artifact = road.build().build(context);
        context.cancellation().cancel();

        assertThatThrownBy(() -> road.push().save(artifact.image(), "app:1", folder.resolve("image.tar"), context))
                .isInstanceOf(DeployCancelledException.class);

        assertThat(folder.resolve("image.tar")).doesNotExist();
    }

    @Test
    void layer_isPackedNoFurther_whenCancelled() throws IOException {
        DeployContext context = stage.context("1111111111");
        ImageCache cache = new ImageCache(folder.resolve("cache"), folder, 0);
        Ingredient code = Ingredients.of(LayersSettings.of("scratch"), cache, context)
                .layers()
                .get(0);
        Manifest.Entry greeting = code.filling().get().content().entries().stream()
                .flatMap(entry -> entry.source().stream())
                .findFirst()
                .orElseThrow();

        try (TreeContent.Reader reader = code.filling().get().source().reader();
                InputStream content = reader.open(greeting)) {
            assertThat(content.read()).isEqualTo('h');
            context.cancellation().cancel();

            assertThatThrownBy(content::read).isInstanceOf(DeployCancelledException.class);
        }
    }
}
