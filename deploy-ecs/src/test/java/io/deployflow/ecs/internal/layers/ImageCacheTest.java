package io.deployflow.ecs.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    private static final int BUILDS = 8;

    @TempDir
    private Path folder;

    @Test
    void builds_thatMakeTheSameLayerAtOnce_allGetIt() throws IOException {
        TestTrees tree = new TestTrees().file("app.rb", "puts 'hello'\n".repeat(20_000));
        List<CompletableFuture<Layer>> builds = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            // Each has a cache of its own on the one directory, which may hold less than the layer.
            LayerStore store = new LayerStore(cache(10), ImageCacheTest::nowhere);
            builds.add(CompletableFuture.supplyAsync(() -> store.layer(ingredient(tree), KnownLayers.none())));
        }
        List<Layer> layers =
                builds.stream().map(CompletableFuture::join).distinct().toList();

        assertThat(layers).hasSize(1);
        assertThat(cache(10).blob(layers.get(0).digest())).isPresent();
        assertThat(blobs()).containsExactly(Digests.digits(layers.get(0).digest()));
    }

    @Test
    void disk_thatIsFullInTheMiddle_keepsTheBlobAsideAndLeavesNoPart() throws IOException {
        ImageCache cache = cache(1000);
        List<Path> written = new ArrayList<>();

        String digest = cache.put(
                file -> {
                    written.add(file);
                    Files.writeString(file, written.size() == 1 ? "ha" : "half and half");
                    if (written.size() == 1) {
                        throw new IOException("No space left on device");
                    }
                    return Digests.of("half and half".getBytes(StandardCharsets.UTF_8));
                },
                made -> made);

        assertThat(cache.blob(digest).orElseThrow())
                .hasParent(folder.resolve("spare"))
                .hasContent("half and half");
        assertThat(blobs()).isEmpty();
    }

    @Test
    void disk_thatIsFullEverywhere_failsTheBuildAndSaysWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no directory");
        LayerStore store = new LayerStore(new ImageCache(file, file, 10), ImageCacheTest::nowhere);
        Ingredient ingredient = ingredient(new TestTrees().file("a", "x"));

        assertThatThrownBy(() -> store.layer(ingredient, KnownLayers.none()))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.remedy()).startsWith("Make room on the disk"));
    }

    @Test
    void layers_ofTenThousandFiles_haveEachOfThemOnce() {
        TestTrees tree = new TestTrees();
        for (int i = 0; i < 10_000; i++) {
            tree.file("lib/" + i % 100 + "/file" + i, i + "x".repeat(300));
        }

        List<LayerContent> layers = new Stack(List.of(TestTrees.split("app", "app")))
                .divide(tree.manifest())
                .get(0);

        assertThat(layers).hasSize(2);
        assertThat(layers.stream()
                        .flatMap(layer -> layer.entries().stream())
                        .filter(entry -> entry.size() > 0)
                        .map(ImageEntry::path))
                .hasSize(10_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void blob_thatIsWrittenOver_isRemoved_evenRightAfterItsMaking() throws IOException {
        ImageCache cache = cache(1000);
        String digest = Digests.of("made");
        cache.put(file -> Files.writeString(file, "made"), made -> digest);
        Path blob = cache.blob(digest).orElseThrow();

        Files.writeString(blob, "poison");

        assertThat(cache.blob(digest)).isEmpty();
        assertThat(blob).doesNotExist();
    }

    @Test
    void blob_thatAnotherPutInItsPlace_isDigestedAgain() throws IOException {
        ImageCache cache = cache(1000);
        String digest = Digests.of("made");
        cache.put(file -> Files.writeString(file, "made"), made -> digest);
        Path blob = cache.blob(digest).orElseThrow();

        Path other = Files.writeString(folder.resolve("other"), "evil");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(blob));
        Files.move(other, blob, StandardCopyOption.REPLACE_EXISTING);

        assertThat(cache.blob(digest)).isEmpty();
    }

    @Test
    void blob_whoseNameIsAPath_isRefused() throws IOException {
        ImageCache cache = cache(1000);
        Path precious = Files.writeString(folder.resolve("precious"), "of the machine that builds");

        assertThatThrownBy(() -> cache.blob("sha256:" + precious)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cache.put(file -> Files.writeString(file, "other"), made -> "sha256:" + precious))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(precious).hasContent("of the machine that builds");
    }

    private static RegistryRepository nowhere() {
        throw new IllegalStateException("no layer of files is asked for in the registry");
    }

    private ImageCache cache(long bytes) throws IOException {
        return new ImageCache(folder.resolve("cache"), Files.createDirectories(folder.resolve("spare")), bytes);
    }

    private static Ingredient ingredient(TestTrees tree) {
        LayerContent content = new Stack(List.of(TestTrees.rule("app", ".", "app")))
                .divide(tree.manifest())
                .get(0)
                .get(0);
        return Ingredient.of(content, tree);
    }

    private List<String> blobs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/blobs"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
