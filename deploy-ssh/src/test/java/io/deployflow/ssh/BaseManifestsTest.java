package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseManifestsTest {
    private static final String ID = "20260101000000";
    private static final String TEXT = "-rw-r--r-- 5 ee ./latin\u00e9\r\n".repeat(500);

    @TempDir
    private Path root;

    @BeforeEach
    void writeManifest() throws IOException {
        Path meta = Files.createDirectories(root.resolve(".deployflow/releases/" + ID));
        Files.writeString(meta.resolve("manifest"), TEXT, StandardCharsets.ISO_8859_1);
    }

    private List<String> ask(String before) throws IOException {
        List<String> said = new ArrayList<>(List.of("Welcome to app1"));
        LocalCommand.shell(before + new BaseManifests(root.toString()).script(ID), root, Map.of())
                .run(said::add, CancellationToken.create());
        return said;
    }

    @Test
    void read_ofWhatAHostSays_isTheManifestByteByByte() throws IOException {
        assertThat(BaseManifests.read(ask(""))).contains(TEXT);
    }

    @Test
    void read_whereAHostHasNoBase64_isTheSame() throws IOException {
        List<String> said = ask("command() { [ \"$2\" != base64 ]; }\n");

        assertThat(said).contains("manifest-hex");
        assertThat(BaseManifests.read(said)).contains(TEXT);
    }

    @Test
    void read_ofAnythingElse_isNothing() {
        assertThat(BaseManifests.read(List.of("Welcome"))).isEmpty();
        assertThat(BaseManifests.read(List.of("manifest-base64", "no letters: !")))
                .isEmpty();
        assertThat(BaseManifests.read(List.of("manifest-hex", "1f 8b 08"))).isEmpty();
    }
}
