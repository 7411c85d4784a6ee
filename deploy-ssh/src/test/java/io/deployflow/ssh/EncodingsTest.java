package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingsTest {
    @TempDir
    Path temp;

    private Path source = Path.of("");
    private Path work = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        source = Files.createDirectory(temp.resolve("source"));
        work = Files.createDirectory(temp.resolve("work"));
        Files.writeString(source.resolve("app.txt"), "one\n");
        Files.write(source.resolve("large"), new byte[2 << 20]);
        Files.createDirectory(source.resolve("empty"));
    }

    private Encodings encodings() throws IOException {
        return new Encodings(
                HostTree.of(TreeScan.scan(source)), new DirectoryContent(source), work, CancellationToken.create());
    }

    @Test
    void ahead_whereLittleDiffers_packsWhatIsSentThen() throws IOException {
        HostManifest before = HostManifest.of(TreeScan.scan(source));
        Files.writeString(source.resolve("app.txt"), "two\n");
        Encodings encodings = encodings();

        encodings.ahead(before);

        assertThat(work).isDirectoryContaining("glob:**.tar.gz");
        assertThat(encodings.from(before).files()).isEqualTo(1);
        assertThat(encodings.count()).isEqualTo(1);
    }

    @Test
    void ahead_whereMuchDiffers_leavesItUntilAHostNeedsIt() throws IOException {
        Encodings encodings = encodings();

        encodings.ahead(HostManifest.empty());

        assertThat(work).isEmptyDirectory();
        assertThat(encodings.from(HostManifest.empty()).files()).isEqualTo(2);
    }
}
