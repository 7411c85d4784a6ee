package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import io.deployflow.ecs.LayersSettings.Layer;
import io.deployflow.ecs.internal.layers.DirectoryTree;
import io.deployflow.ecs.internal.layers.GitId;
import io.deployflow.ecs.internal.layers.ImageCache;
import io.deployflow.ecs.internal.layers.Ingredient;
import io.deployflow.ecs.internal.layers.LayerContent;
import io.deployflow.ecs.internal.layers.LayerRule;
import io.deployflow.ecs.internal.layers.Owner;
import io.deployflow.ecs.internal.layers.Stack;
import io.deployflow.spi.DeployContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From the source at a revision to the layers that its image needs; none of them is made yet. */
final class Ingredients {
    private static final String REVISION = "REVISION";

    private final LayerStack stack;
    private final TreeArtifact tree;
    private final HiddenLinks links;
    private final DeployContext context;
    private final List<String> linkWarnings = new ArrayList<>();

    private Ingredients(LayerStack stack, TreeArtifact tree, HiddenLinks links, DeployContext context) {
        this.stack = stack;
        this.tree = tree;
        this.links = links;
        this.context = context;
    }

    /**
     * What an image consists of, and what it runs.
     *
     * @param warnings about what the source lacks, and what the layers would hide; what commands make for the first
     *     time on this machine is warned of when they have run
     */
    record Recipe(LayerStack stack, List<Ingredient> layers, List<String> warnings) {
        Recipe {
            layers = List.copyOf(layers);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads what the source is; of a commit only its list.
     *
     * @param cache what earlier builds on this machine have seen
     */
    static Recipe of(LayersSettings settings, ImageCache cache, DeployContext context) {
        TreeArtifact tree = context.source()
                .outline()
                .orElseGet(() -> DirectoryTree.read(
                        context.source().directory(), context.source().revision()));
        SourceFiles source = new SourceFiles(tree);
        DockerIgnore ignore = DockerIgnore.parse(
                source.text(DockerIgnore.FILE).orElse("").lines().toList());
        LayerStack stack = LayerStack.of(settings, source, ignore);
        Ingredients ingredients = new Ingredients(stack, tree, new HiddenLinks(settings.base(), cache), context);
        List<Ingredient> layers = ingredients.layers();
        return new Recipe(
                stack,
                layers.stream()
                        .map(layer -> layer.until(context.cancellation()))
                        .toList(),
                Stream.of(
                                stack.defaults().warnings().stream(),
                                locksThatAreNotThere(settings, tree.manifest()),
                                ingredients.linkWarnings.stream())
                        .flatMap(warnings -> warnings)
                        .toList());
    }

    /** Commands whose lock file is misspelt would never run again. */
    private static Stream<String> locksThatAreNotThere(LayersSettings settings, Manifest source) {
        return settings.stack().stream()
                .flatMap(layer -> layer.locks().stream()
                        .filter(lock ->
                                source.entries().stream().noneMatch(entry -> PrepareKey.isIn(entry.path(), lock)))
                        .map(lock -> "layer " + layer.name() + " is made anew when '" + lock
                                + "' changes, and there is no such" + " file in the source: check its 'locks'"));
    }

    private List<Ingredient> layers() {
        List<List<LayerContent>> divided = stack.rules().divide(tree.manifest());
        List<Ingredient> all = new ArrayList<>();
        for (int i = 0; i < divided.size(); i++) {
            Layer layer = stack.layers().get(i);
            if (layer.prepare().isEmpty()) {
                divided.get(i).forEach(content -> links.warning(content).ifPresent(linkWarnings::add));
                divided.get(i).forEach(content -> all.add(Ingredient.of(content, tree.content())));
            } else {
                all.add(prepared(layer));
            }
        }
        all.add(revision());
        return all;
    }

    /** What commands make is known by what they depend on: they run only where nobody has the layer. */
    private Ingredient prepared(Layer layer) {
        String key = PrepareKey.of(layer, stack.settings(), stack.directory(), tree.manifest());
        links.remembered(layer.name(), key).ifPresent(linkWarnings::add);
        return new Ingredient(layer.name(), key, 0, 0, () -> {
            Ingredient.Filling made = make(layer);
            links.remember(key, made.content()).ifPresent(this::warnOnce);
            return made;
        });
    }

    private Ingredient.Filling make(Layer layer) {
        TreeArtifact made = new Preparer(context).run(layer, tree.revision());
        List<LayerContent> contents =
                new Stack(List.of(stack.rule(layer))).divide(made.manifest()).get(0);
        if (contents.isEmpty()) {
            throw new BuildException(
                    "'prepare' of layer " + layer.name() + " made nothing at " + String.join(", ", layer.from()),
                    "Check its commands and 'from'.");
        }
        return new Ingredient.Filling(contents.get(0), made.content());
    }

    /** Commands run again where what they made is gone: an earlier build may have seen the same. */
    private void warnOnce(String warning) {
        if (!linkWarnings.contains(warning)) {
            linkWarnings.add(warning);
            context.warn(warning);
        }
    }

    /** In a layer of its own: it is another one in every deploy. */
    private Ingredient revision() {
        byte[] bytes = (tree.revision().id() + "\n").getBytes(StandardCharsets.US_ASCII);
        Manifest.Entry file = new Manifest.Entry(REVISION, Kind.FILE, 0644, bytes.length, GitId.of(bytes));
        LayerRule rule = new LayerRule(
                "revision", List.of("."), stack.inner(), path -> false, Owner.ROOT, path -> Optional.empty(), false);
        LayerContent content = new Stack(List.of(rule))
                .divide(new Manifest(List.of(file)))
                .get(0)
                .get(0);
        return Ingredient.of(content, new OneFile(bytes));
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record OneFile(byte[] bytes) implements TreeContent, TreeContent.Reader {
        @Override
        public TreeContent.Reader reader() {
            return this;
        }

        @Override
        public InputStream open(Manifest.Entry file) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public Instant modified(Manifest.Entry file) {
            return Instant.EPOCH;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
