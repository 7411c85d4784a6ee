package io.deployflow.ecs.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.Revision;
import io.deployflow.ecs.internal.registry.Digests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {
    @TempDir
    private Path folder;

    @Test
    void read_tellsFilesLinksAndSpecialBits() throws IOException {
        Path tool =
                Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("tool"), "x");
        Files.setAttribute(tool, "unix:mode", 04755);
        Files.createLink(folder.resolve("same"), tool);
        Files.createSymbolicLink(folder.resolve("current"), Path.of("bin"));

        List<Entry> entries = read();

        assertThat(entries).extracting(Entry::path).containsExactly("bin", "bin/tool", "current", "same");
        assertThat(entries.get(1).mode()).isEqualTo(04755);
        assertThat(entries.get(2))
                .matches(link -> link.kind() == Kind.LINK && link.digest().equals("bin"));
        // A hard link is a file of its own.
        assertThat(entries.get(3).digest()).isEqualTo(entries.get(1).digest());
    }

    @Test
    void read_ofAFileWithHoles_countsThemAsZeros() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("holes").toFile(), "rw")) {
            file.setLength(1 << 20);
        }

        assertThat(read()).singleElement().satisfies(entry -> {
            assertThat(entry.size()).isEqualTo(1 << 20);
            assertThat(entry.digest()).isEqualTo(GitId.of(new byte[1 << 20]));
        });
    }

    @Test
    void read_knowsContentsByTheIdsThatGitGivesThem() throws IOException {
        Files.writeString(folder.resolve("empty"), "");
        Files.writeString(folder.resolve("hello"), "hello\n");

        assertThat(read())
                .extracting(Entry::digest)
                .containsExactly(
                        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "ce013625030ba8dba906f756967f9e9ca394464a");
    }

    @Test
    void read_ofADirectoryThatIsNotThere_saysSo() {
        assertThatThrownBy(() -> DirectoryTree.read(folder.resolve("none"), revision()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("cannot read the files for the image");
    }

    @Test
    void cache_overItsLimit_losesWhatWasUsedLongestAgo() throws IOException {
        ImageCache cache = new ImageCache(folder.resolve("cache"), folder, 10);
        String old = put(cache, "123456");
        Files.setLastModifiedTime(
                folder.resolve("cache/blobs").resolve(Digests.digits(old)), FileTime.from(Instant.EPOCH));

        String recent = put(cache, "abcdef");

        assertThat(cache.blob(old)).isEmpty();
        assertThat(cache.blob(recent)).isPresent();
    }

    @Test
    void note_thatIsDamaged_isForgotten() throws IOException {
        ImageCache cache = new ImageCache(folder.resolve("cache"), folder, 10);
        cache.remember("layers", "key", "text");
        assertThat(cache.recall("layers", "key")).contains("text");
        Path note = folder.resolve("cache/layers").resolve(Digests.digits(Digests.of("key")));
        Files.writeString(note, Files.readString(note).replace("text", "poison"));

        assertThat(cache.recall("layers", "key")).isEmpty();
    }

    private static String put(ImageCache cache, String text) throws IOException {
        return cache.put(
                file -> {
                    Files.writeString(file, text);
                    return Digests.of(text.getBytes(StandardCharsets.UTF_8));
                },
                digest -> digest);
    }

    private List<Entry> read() {
        return DirectoryTree.read(folder, revision()).manifest().entries();
    }

    private static Revision revision() {
        return Revision.digest("0".repeat(64));
    }
}
