package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.ecs.internal.registry.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base image whose documents name paths of the machine that builds where digests should be. */
class HostileBaseTest {
    @TempDir
    private Path folder;

    private LayersStage stage;
    private Path precious;

    @BeforeEach
    void prepare() throws IOException {
        stage = new LayersStage(folder);
        stage.write("greeting", "hello");
        precious = Files.writeString(folder.resolve("precious"), "of the machine that builds");
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void config_thatIsAPath_isRefusedAndTheFileStays() {
        putManifest("sha256:" + precious, stage.server.put("base", new byte[] {1}));

        assertRefused();
    }

    @Test
    void layer_thatIsAPath_isRefusedAndTheFileStays() {
        String config = stage.server.put("base", """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:1"]}}
                """.getBytes(StandardCharsets.UTF_8));
        putManifest(config, "sha256:" + precious);

        assertRefused();
    }

    @Test
    void imageOfAnIndex_thatIsAPath_isRefusedAndTheFileStays() {
        put(MediaTypes.INDEX, """
                {"schemaVersion":2,"mediaType":"%s","manifests":[{"digest":"sha256:%s",
                 "platform":{"os":"linux","architecture":"amd64"}}]}
                """.formatted(MediaTypes.INDEX, precious));

        assertRefused();
    }

    private void putManifest(String config, String layer) {
        put(MediaTypes.MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","config":{"digest":"%s"},"layers":[{"digest":"%s","size":1}]}
                """.formatted(MediaTypes.MANIFEST, config, layer));
    }

    private void put(String type, String document) {
        stage.server.putManifest("base", "1", type, document.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused() {
        assertThatThrownBy(() -> stage.deploy("cache", "1111111111"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("the base image " + stage.base() + " is none")
                .hasMessageContaining("'sha256:" + precious + "' is not a digest");
        assertThat(precious).hasContent("of the machine that builds");
    }
}
