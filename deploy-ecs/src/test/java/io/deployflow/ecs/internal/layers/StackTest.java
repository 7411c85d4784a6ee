package io.deployflow.ecs.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StackTest {
    private static final String LARGE = "x".repeat(40_000);

    @Test
    void divide_givesEachEntryToTheLowestLayerThatTakesIt() {
        Manifest tree = new TestTrees()
                .file("vendor/gem.rb", "gem")
                .file("app.rb", "app")
                .manifest();
        Stack stack = new Stack(List.of(
                TestTrees.rule("dependencies", "vendor", "app"),
                TestTrees.rule("app", ".", "app"),
                TestTrees.rule("none", "docs", "app")));

        List<List<LayerContent>> layers = stack.divide(tree);

        assertThat(paths(layers.get(0).get(0))).containsExactly("app", "app/vendor", "app/vendor/gem.rb");
        assertThat(paths(layers.get(1).get(0))).containsExactly("app", "app/app.rb");
        assertThat(layers.get(2)).isEmpty();
    }

    @Test
    void from_withASlashAtItsEnd_givesWhatIsInIt() {
        Manifest tree =
                new TestTrees().file("dist/index.html", "x").file("other", "y").manifest();

        List<List<LayerContent>> layers = new Stack(List.of(TestTrees.rule("site", "dist/", "srv"))).divide(tree);

        assertThat(paths(layers.get(0).get(0))).containsExactly("srv", "srv/index.html");
    }

    @Test
    void split_whenOneFileChanges_changesOneLayer() {
        Set<String> before = keys(many());

        Set<String> after = keys(many().file("lib/file7.rb", "another"));

        assertThat(before).hasSize(16);
        assertThat(after).hasSize(16);
        after.removeAll(before);
        assertThat(after).hasSize(1);
    }

    @Test
    void split_whenAFileIsNew_movesNoOther() {
        Set<String> before = keys(many());

        Set<String> after = keys(many().file("lib/new.rb", "new"));

        after.removeAll(before);
        assertThat(after).hasSize(1);
    }

    @Test
    void split_ofLittle_isOneLayer() {
        assertThat(keys(new TestTrees().file("a", "x").file("b", "y"))).hasSize(1);
    }

    @Test
    void key_dependsOnOwnerAndMode() {
        Manifest tree = new TestTrees().file("a", "x").manifest();
        LayerRule root = TestTrees.rule("app", ".", "app");
        LayerRule user =
                new LayerRule("app", List.of("."), "app", path -> false, new Owner(1000, 1000), root.modes(), false);
        LayerRule executable =
                new LayerRule("app", List.of("."), "app", path -> false, Owner.ROOT, path -> Optional.of(0755), false);

        assertThat(List.of(key(tree, root), key(tree, user), key(tree, executable)))
                .doesNotHaveDuplicates();
        assertThat(key(tree, root)).isEqualTo(key(tree, TestTrees.rule("other name", ".", "app")));
    }

    private static String key(Manifest tree, LayerRule rule) {
        return new Stack(List.of(rule)).divide(tree).get(0).get(0).key();
    }

    private static TestTrees many() {
        TestTrees tree = new TestTrees();
        for (int i = 0; i < 1000; i++) {
            tree.file("lib/file" + i + ".rb", i + LARGE);
        }
        return tree;
    }

    private static Set<String> keys(TestTrees tree) {
        Set<String> keys = new TreeSet<>();
        new Stack(List.of(TestTrees.split("app", "app")))
                .divide(tree.manifest())
                .get(0)
                .forEach(layer -> keys.add(layer.key()));
        return keys;
    }

    private static List<String> paths(LayerContent layer) {
        return layer.entries().stream().map(ImageEntry::path).toList();
    }
}
