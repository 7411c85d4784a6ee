package io.deployflow.ecs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.BuildException;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images for several platforms, of a base image for several. */
class LayersIndexTest {
    private static final String BOTH = "    platforms: [linux/amd64, linux/arm64]\n";

    @TempDir
    private Path folder;

    private LayersStage stage;

    @BeforeEach
    void prepare() {
        stage = new LayersStage(folder);
        stage.putIndex("amd64", "arm64");
        stage.write("greeting", "hello");
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void index_ofTwoPlatforms_namesTheImageOfEach() throws IOException {
        ImageReference image = stage.deploy("cache", "1111111111", BOTH);

        JsonNode index = manifest("1111111111");
        assertThat(index.path("mediaType").asText()).isEqualTo(MediaTypes.INDEX);
        assertThat(image.digest()).contains(Digests.of(Json.bytes(index)));
        List<JsonNode> images = Json.items(index.path("manifests")).toList();
        assertThat(images)
                .extracting(one -> one.path("platform").path("architecture").asText())
                .containsExactly("amd64", "arm64");
        for (JsonNode one : images) {
            JsonNode config = Json.read(
                    blob(manifest(one.path("digest").asText()).path("config").path("digest")));
            assertThat(config.path("architecture").asText())
                    .isEqualTo(one.path("platform").path("architecture").asText());
        }
        assertThat(layers(images.get(0)).get(0))
                .isNotEqualTo(layers(images.get(1)).get(0));
        assertThat(layers(images.get(0)).subList(1, 3))
                .isEqualTo(layers(images.get(1)).subList(1, 3));
    }

    @Test
    void index_sendsLayersOnce_andNothingTheSecondTime() {
        stage.deploy("cache", "1111111111", BOTH);
        // Code, revision, and the configuration of each; what the base images have is mounted.
        assertThat(stage.server.count("PUT /v2/team/app/blobs/uploads/")).isEqualTo(4);
        assertThat(stage.server.count("PUT /v2/team/app/manifests/")).isEqualTo(3);
        stage.server.requests.clear();

        stage.deploy("cache", "1111111111", BOTH);

        assertThat(stage.server.requests).noneMatch(request -> request.startsWith("P"));
    }

    @Test
    void platform_alone_isTakenOutOfTheIndex() throws IOException {
        stage.deploy("cache", "1111111111", "    platforms: [linux/arm64]\n");

        JsonNode manifest = manifest("1111111111");
        assertThat(manifest.path("mediaType").asText()).isEqualTo(MediaTypes.MANIFEST);
        assertThat(Json.read(blob(manifest.path("config").path("digest")))
                        .path("architecture")
                        .asText())
                .isEqualTo("arm64");
    }

    @Test
    void platform_thatTheBaseImageIsNotFor_isAMistakeThatNamesThoseItIsFor() {
        assertThatThrownBy(() -> stage.deploy("cache", "1111111111", "    platforms: [linux/amd64, linux/s390x]\n"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("is not for linux/s390x but for linux/amd64, linux/arm64");
        assertThat(stage.server.requests).noneMatch(request -> request.startsWith("P"));
    }

    /** The configurations of many images leave it out, and their index tells. */
    @Test
    void platform_whoseVariantOnlyTheIndexTells_isTaken_andTold() throws IOException {
        stage.putIndex("amd64", "arm/v6", "arm/v7");

        stage.deploy("cache", "1111111111", "    platforms: [linux/amd64, linux/arm/v7]\n");

        assertThat(Json.items(manifest("1111111111").path("manifests"))
                        .map(one -> one.path("platform").path("variant").asText())
                        .toList())
                .containsExactly("", "v7");
    }

    @Test
    void platform_ofAnIndexInAnIndex_isFound() throws IOException {
        stage.nestIndex();

        stage.deploy("cache", "1111111111", "    platforms: [linux/arm64]\n");

        assertThat(Json.read(blob(manifest("1111111111").path("config").path("digest")))
                        .path("architecture")
                        .asText())
                .isEqualTo("arm64");
    }

    private List<String> layers(JsonNode image) throws IOException {
        return Json.items(manifest(image.path("digest").asText()).path("layers"))
                .map(layer -> layer.path("digest").asText())
                .toList();
    }

    private JsonNode manifest(String name) throws IOException {
        return Json.read(requireNonNull(stage.server.manifests.get("team/app:" + name), name));
    }

    private byte[] blob(JsonNode digest) {
        return requireNonNull(stage.server.blobs.get("team/app@" + digest.asText()));
    }
}
