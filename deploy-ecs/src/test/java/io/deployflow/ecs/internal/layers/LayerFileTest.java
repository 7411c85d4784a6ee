package io.deployflow.ecs.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerFileTest {
    @TempDir
    private Path folder;

    @Test
    void layer_ofTheSameTree_isTheSameBytesOnEveryMachine() throws IOException {
        TestTrees tree = new TestTrees()
                .file("app.rb", "puts 'hello'\n".repeat(5000))
                .file("public/index.html", "<p>hello</p>")
                .link("current", "public");

        Layer layer = write(tree);

        // Known once and for all: another compressor, order, time or owner would give another one.
        assertThat(layer.digest()).isEqualTo("sha256:10da55c976f513775355116ab8b1914432d816500b168859d91d5126648aa487");
        assertThat(layer.diffId()).isEqualTo("sha256:97cebcc7e3adefc0b8014b59a80188236148899cd1085bcba186aed22477b0e1");
    }

    @Test
    void layer_bringsTheDirectoriesAboveWithTheirUsualModes() throws IOException {
        List<TarArchiveEntry> entries = entries(new TestTrees().file("a", "x"), TestTrees.rule("app", ".", "tmp/x"));

        assertThat(entries).extracting(TarArchiveEntry::getName).containsExactly("tmp/", "tmp/x/", "tmp/x/a");
        assertThat(entries.get(0).getMode() & 07777).isEqualTo(01777);
        assertThat(entries.get(1).getMode() & 07777).isEqualTo(0755);
    }

    @Test
    void layer_keepsLongNamesBytesAndSpecialBits() throws IOException {
        String deep = "d/".repeat(150) + "file";
        String bytes = "caf\u00e9"; // One byte that is no UTF-8.
        TestTrees tree = new TestTrees().file(deep, "x").file(bytes, "y");
        tree.entry(new Entry("tool", Kind.FILE, 04755, 0, GitId.of(new byte[0])));

        List<TarArchiveEntry> entries = entries(tree, TestTrees.rule("app", ".", "app"));

        assertThat(entries).extracting(TarArchiveEntry::getName).contains("app/" + deep, "app/" + bytes);
        assertThat(entries)
                .filteredOn(entry -> entry.getName().equals("app/tool"))
                .singleElement()
                .matches(entry -> (entry.getMode() & 07777) == 04755);
    }

    @Test
    void time_ofAFile_isAnotherOnlyWhereItsContentIs() {
        long hello = time("hello");

        assertThat(time("hello")).isEqualTo(hello);
        assertThat(time("hallo")).isNotEqualTo(hello);
    }

    @Test
    void file_thatChangesWhileItIsPacked_isNamed() {
        TestTrees tree = new TestTrees().file("app.rb", "one");
        Manifest before = tree.manifest();
        tree.file("app.rb", "two");
        LayerContent content = content(before, TestTrees.rule("app", ".", "app"));

        assertThatThrownBy(() -> new LayerFile(content, tree).write(folder.resolve("x")))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("/app/app.rb changed while it was packed");
    }

    @Test
    void file_thatVanishesWhileItIsPacked_isNamed() throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(folder.resolve("tree")).resolve("a"), "x");
        TreeArtifact tree = DirectoryTree.read(folder.resolve("tree"), Revision.commit("a".repeat(40)));
        LayerContent content = new Stack(List.of(TestTrees.rule("app", ".", "app")))
                .divide(tree.manifest())
                .get(0)
                .get(0);
        Files.delete(file);

        assertThatThrownBy(() -> new LayerFile(content, tree.content()).write(folder.resolve("layer")))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e).hasMessageContaining("/app/a cannot be read while it is packed");
                    assertThat(e.remedy()).doesNotContain("disk");
                });
    }

    @Test
    void file_thatGrowsOrShrinksWhileItIsPacked_isNamed() {
        for (String now : List.of("one and more", "o")) {
            TestTrees tree = new TestTrees().file("app.rb", "one");
            LayerContent content = content(tree.manifest(), TestTrees.rule("app", ".", "app"));
            tree.file("app.rb", now);

            assertThatThrownBy(() -> new LayerFile(content, tree).write(folder.resolve("y")))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("changed while it was packed");
        }
    }

    private static long time(String text) {
        return content(new TestTrees().file("a", text).manifest(), TestTrees.rule("app", ".", ""))
                .entries()
                .get(0)
                .time();
    }

    private static LayerContent content(Manifest manifest, LayerRule rule) {
        return new Stack(List.of(rule)).divide(manifest).get(0).get(0);
    }

    private Layer write(TestTrees tree) throws IOException {
        return new LayerFile(content(tree.manifest(), TestTrees.rule("app", ".", "srv/app")), tree)
                .write(folder.resolve("layer"));
    }

    private List<TarArchiveEntry> entries(TestTrees tree, LayerRule rule) throws IOException {
        Path file = folder.resolve("layer");
        new LayerFile(content(tree.manifest(), rule), tree).write(file);
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(in), StandardCharsets.ISO_8859_1.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
