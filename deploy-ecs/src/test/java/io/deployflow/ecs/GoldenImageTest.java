package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole images whose digests are written down. One that comes out otherwise, by a change here, in a library or in Java,
 * is another image to every registry and service: all layers of all applications would be made and sent again.
 */
class GoldenImageTest {
    private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";
    private static final String STACK = """
                stack:
                  - { name: assets, from: [public], to: /srv/assets, owner: "33:33", modes: { "public/*.css": "0600" } }
                  - { name: code, from: ["."], exclude: [log], split: true, owner: "1000:1000" }
                command: [bin/serve, --port, "3000"]
                environment: { ZONE: eu, LANG: C.UTF-8 }
                labels: { team: shop, stage: test }
                ports: [3000, 53/udp]
                user: "1000"
            """;

    @TempDir
    private Path folder;

    @Test
    void image_ofTheSameTree_isTheSameEverywhere() throws IOException {
        try (LayersStage stage = stage()) {
            assertThat(stage.deploy("machine", REVISION, STACK).digest())
                    .contains("sha256:e080391d5eedbb35b94f9e23384d20cc899992b7041ffb93f6b4c9a1d5cdc13b");
        }
    }

    @Test
    void index_ofTheSameTree_isTheSameEverywhere() throws IOException {
        try (LayersStage stage = stage()) {
            stage.putIndex("amd64", "arm64");

            assertThat(stage.deploy("machine", REVISION, "    platforms: [linux/amd64, linux/arm64]\n", STACK)
                            .digest())
                    .contains("sha256:78ae88309d015f31e7a46855be6244e48d2934419b20e82e61047bd37a4b4d8a");
        }
    }

    /** Names, modes, a link, an empty directory and what divides a layer; times and the order of its making are not. */
    private LayersStage stage() throws IOException {
        LayersStage stage = new LayersStage(folder);
        stage.putBase("layer one");
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[65_536];
            random.nextBytes(content);
            stage.write("data/file-%02d".formatted(i), content);
        }
        stage.write("bin/serve", "#!/bin/sh\nexec cat ../greeting\n");
        stage.write("greeting", "hello\n".repeat(500));
        stage.write("public/style.css", "p { color: black }\n");
        stage.write("log/old", "left out");
        stage.write("deep/" + "d".repeat(120) + "/empty", "");
        Path source = folder.resolve("source");
        Files.createDirectory(source.resolve("tmp"));
        Files.createSymbolicLink(source.resolve("current"), Path.of("public/style.css"));
        Files.setPosixFilePermissions(source.resolve("bin/serve"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return stage;
    }
}
