package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.ImageArtifact;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The base image's layers have to be brought through a cache that takes nothing. */
class FullDiskTest {
    private static final String REVISION = "1111111111";

    @TempDir
    private Path folder;

    private LayersStage stage;
    private DeployContext context;
    private ImageRoad road;
    private ImageArtifact artifact;

    @BeforeEach
    void build() throws IOException {
        stage = new LayersStage(folder);
        stage.putBase("layer one");
        stage.write("greeting", "hello");
        stage.deploy("other", REVISION);
        stage.server.manifests.remove("team/app:" + REVISION);
        Files.writeString(folder.resolve("cache"), "a file, where a directory should be");
        context = stage.context(REVISION);
        road = stage.road("cache", context);
        artifact = road.build().build(context);
        remove(context.workDirectory());
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void push_isAFailureOfTheBuildThatSaysWhatToDo() {
        stage.server.blobs.remove("team/app@" + Digests.of(LayersStage.BASE_LAYER + "layer one"));
        stage.server.fail("POST", "?mount=", 404, "UNKNOWN");

        assertThatThrownBy(() -> road.push().push(artifact.image(), REVISION, context))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("cannot be kept");
    }

    @Test
    void tar_isAFailureOfTheBuildThatSaysWhatToDo() {
        assertThatThrownBy(() -> road.push().save(artifact.image(), "team/app:1", folder.resolve("image.tar"), context))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("cannot be kept");
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
