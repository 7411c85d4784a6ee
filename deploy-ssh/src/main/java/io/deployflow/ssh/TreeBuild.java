package io.deployflow.ssh;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a release tree: the exported source, after the build commands have run in it, with its revision in
 * {@code REVISION}.
 */
final class TreeBuild implements BuildStrategy<TreeArtifact> {
    private static final int TOLD = 20;

    private final List<String> commands;
    private final Map<String, String> environment;
    private final BiConsumer<TreeArtifact, DeployContext> ahead;
    private volatile @Nullable TreeArtifact madeAhead;

    /**
     * Builds by commands.
     *
     * @param commands shell commands, run one after the other in the tree
     * @param environment of the commands, on top of the tool's own
     * @param ahead is given the tree as soon as it is known, if that is ahead of the build
     */
    TreeBuild(List<String> commands, Map<String, String> environment, BiConsumer<TreeArtifact, DeployContext> ahead) {
        this.commands = List.copyOf(commands);
        this.environment = Map.copyOf(environment);
        this.ahead = ahead;
    }

    /** Without commands the whole tree is known ahead; with them, what they start from. */
    @Override
    public void prepare(DeployContext context) {
        if (commands.isEmpty()) {
            TreeArtifact made = make(context);
            madeAhead = made;
            ahead.accept(made, context);
        } else {
            context.source().directory();
        }
    }

    @Override
    public TreeArtifact build(DeployContext context) {
        TreeArtifact made = madeAhead;
        TreeArtifact tree = made == null ? make(context) : made;
        long files = tree.manifest().entries().stream()
                .filter(entry -> entry.kind() == Manifest.Kind.FILE)
                .count();
        context.output(
                "local", "%d files, %d bytes".formatted(files, tree.manifest().bytes()));
        return tree;
    }

    private TreeArtifact make(DeployContext context) {
        Optional<TreeArtifact> listed = commands.isEmpty() ? context.source().listing() : Optional.empty();
        return RevisionFile.into(
                listed.orElseGet(() -> inDirectory(context)), context.clock().instant());
    }

    private TreeArtifact inDirectory(DeployContext context) {
        Path directory = context.source().directory();
        Revision revision = context.source().revision();
        for (String command : commands) {
            run(command, directory, context);
        }
        return new TreeArtifact(revision, TreeScan.scan(directory), new DirectoryContent(directory));
    }

    private void run(String command, Path tree, DeployContext context) {
        Deque<String> last = new ArrayDeque<>();
        try {
            context.output("local", "$ " + command);
            int status = LocalCommand.shell(command, tree, environment)
                    .run(line -> tell(line, last, context), context.cancellation());
            if (status != 0) {
                throw new BuildException(
                        "build command '%s' failed with exit status %d".formatted(command, status) + said(last),
                        "It ran in the exported tree: what it needs must be committed, or made by a command before it.");
            }
        } catch (IOException e) {
            throw new BuildException(
                    "build command '" + command + "' cannot be run: " + e.getMessage(), "", "local", e);
        }
    }

    private static String said(Deque<String> last) {
        return last.isEmpty() ? ", and wrote nothing" : ":\n  " + String.join("\n  ", last);
    }

    private static void tell(String line, Deque<String> last, DeployContext context) {
        last.add(line);
        if (last.size() > TOLD) {
            last.remove();
        }
        context.output("local", line);
    }
}
