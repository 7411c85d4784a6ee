package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import io.deployflow.ecs.LayersSettings.Layer;
import io.deployflow.ecs.internal.layers.BaseReference;
import io.deployflow.ecs.internal.layers.DirectoryTree;
import io.deployflow.ecs.internal.layers.GitId;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From the source at a revision to the layers that its image needs; none of them is made yet. */
final class Ingredients {
    private static final String REVISION = "REVISION";

    private final LayerStack stack;
    private final TreeArtifact tree;
    private final Preparer preparer;
    private final List<String> directoriesForLinks = new ArrayList<>();

    private Ingredients(LayerStack stack, TreeArtifact tree, Preparer preparer) {
        this.stack = stack;
        this.tree = tree;
        this.preparer = preparer;
    }

    /**
     * What an image consists of, and what it runs.
     *
     * @param warnings about what the source lacks
     */
    record Recipe(LayerStack stack, List<Ingredient> layers, List<String> warnings) {
        Recipe {
            layers = List.copyOf(layers);
            warnings = List.copyOf(warnings);
        }
    }

    /** Reads what the source is; of a commit only its list. */
    static Recipe of(LayersSettings settings, DeployContext context) {
        TreeArtifact tree = context.source()
                .outline()
                .orElseGet(() -> DirectoryTree.read(
                        context.source().directory(), context.source().revision()));
        SourceFiles source = new SourceFiles(tree);
        DockerIgnore ignore = DockerIgnore.parse(
                source.text(DockerIgnore.FILE).orElse("").lines().toList());
        LayerStack stack = LayerStack.of(settings, source, ignore);
        Ingredients ingredients = new Ingredients(stack, tree, new Preparer(context));
        List<Ingredient> layers = ingredients.layers();
        return new Recipe(
                stack,
                layers.stream()
                        .map(layer -> layer.until(context.cancellation()))
                        .toList(),
                Stream.of(
                                stack.defaults().warnings().stream(),
                                locksThatAreNotThere(settings, tree.manifest()),
                                ingredients.directoriesForLinks.stream())
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
                divided.get(i).forEach(this::lookForLinks);
                divided.get(i).forEach(content -> all.add(Ingredient.of(content, tree.content())));
            } else {
                all.add(prepared(layer));
            }
        }
        all.add(revision());
        return all;
    }

    /** What the base image's own layers have is not looked at: they need not be on this machine. */
    private void lookForLinks(LayerContent content) {
        String hidden = content.entries().stream()
                .filter(entry -> entry.kind() == Kind.DIRECTORY && LayersSettings.isLinked(entry.path()))
                .map(entry -> "/" + entry.path())
                .collect(Collectors.joining(", "));
        if (!hidden.isEmpty() && !stack.settings().base().equals(BaseReference.SCRATCH)) {
            directoriesForLinks.add(
                    "layer " + content.name() + " has " + hidden + " as a directory: where the base image"
                            + " has a link of that name, as Debian's has to /usr, it takes the link's place and hides all behind"
                            + " it. Have its files below /usr or /run");
        }
    }

    /** What commands make is known by what they depend on: they run only where nobody has the layer. */
    private Ingredient prepared(Layer layer) {
        LayerRule rule = stack.rule(layer);
        Supplier<Ingredient.Filling> filling = () -> {
            TreeArtifact made = preparer.run(layer, tree.revision());
            List<LayerContent> contents =
                    new Stack(List.of(rule)).divide(made.manifest()).get(0);
            if (contents.isEmpty()) {
                throw new BuildException(
                        "'prepare' of layer " + layer.name() + " made nothing at " + String.join(", ", layer.from()),
                        "Check its commands and 'from'.");
            }
            return new Ingredient.Filling(contents.get(0), made.content());
        };
        String key = PrepareKey.of(layer, stack.settings(), stack.directory(), tree.manifest());
        return new Ingredient(layer.name(), key, 0, 0, filling);
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
