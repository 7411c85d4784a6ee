package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionFileTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Revision REVISION = Revision.commit("0123456789abcdef0123456789abcdef01234567");

    @TempDir
    Path source = Path.of(".");

    @Test
    void into_ofATreeWithoutOne_addsItInItsPlace() throws IOException {
        Files.writeString(source.resolve("A"), "a");
        Files.writeString(source.resolve("Z"), "z");

        TreeArtifact tree = RevisionFile.into(scan(), NOW);

        assertThat(tree.manifest().entries()).extracting(Manifest.Entry::path).containsExactly("A", "REVISION", "Z");
        assertThat(read(tree, "REVISION")).isEqualTo(REVISION.id() + "\n");
        assertThat(read(tree, "Z")).isEqualTo("z");
        assertThat(entry(tree, "REVISION").digest())
                .isEqualTo(Digests.sha256((REVISION.id() + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void into_whenALinkIsThere_replacesItAndTouchesNothingBehindIt() throws IOException {
        Files.writeString(source.resolve("other"), "untouched");
        Files.createSymbolicLink(source.resolve("REVISION"), Path.of("other"));

        TreeArtifact tree = RevisionFile.into(scan(), NOW);

        assertThat(entry(tree, "REVISION").kind()).isEqualTo(Manifest.Kind.FILE);
        assertThat(read(tree, "REVISION")).isEqualTo(REVISION.id() + "\n");
        assertThat(source.resolve("other")).hasContent("untouched");
    }

    @Test
    void into_whenADirectoryIsThere_saysSo() throws IOException {
        Files.createDirectory(source.resolve("REVISION"));
        TreeArtifact tree = scan();

        assertThatThrownBy(() -> RevisionFile.into(tree, NOW))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("directory REVISION");
    }

    private TreeArtifact scan() {
        return new TreeArtifact(REVISION, TreeScan.scan(source), new DirectoryContent(source));
    }

    private static Manifest.Entry entry(TreeArtifact tree, String path) {
        return tree.manifest().entries().stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String read(TreeArtifact tree, String path) throws IOException {
        try (TreeContent.Reader reader = tree.content().reader();
                InputStream content = reader.open(entry(tree, path))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
