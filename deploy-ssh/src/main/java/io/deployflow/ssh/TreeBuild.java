package io.deployflow.ssh;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a release tree: the exported source, after the build commands have run in it, with its revision in
 * {@code REVISION}.
 */
final class TreeBuild implements BuildStrategy<TreeArtifact> {
    private static final int TOLD = 20;

    private final List<String> commands;
    private final Map<String, String> environment;
    private volatile @Nullable Manifest scannedAhead;

    /**
     * Builds by commands.
     *
     * @param commands shell commands, run one after the other in the tree
     * @param environment of the commands, on top of the tool's own
     */
    TreeBuild(List<String> commands, Map<String, String> environment) {
        this.commands = List.copyOf(commands);
        this.environment = Map.copyOf(environment);
    }

    /** Without commands the whole tree is known ahead; with them, what they start from. */
    @Override
    public void prepare(DeployContext context) {
        Path tree = context.source().directory();
        if (commands.isEmpty()) {
            writeRevision(tree.resolve("REVISION"), context.source().revision());
            scannedAhead = TreeScan.scan(tree);
        }
    }

    @Override
    public TreeArtifact build(DeployContext context) {
        Path tree = context.source().directory();
        Revision revision = context.source().revision();
        for (String command : commands) {
            run(command, tree, context);
        }
        Manifest manifest = scannedAhead;
        if (manifest == null) {
            writeRevision(tree.resolve("REVISION"), revision);
            manifest = TreeScan.scan(tree);
        }
        long files = manifest.entries().stream()
                .filter(entry -> entry.kind() == Manifest.Kind.FILE)
                .count();
        context.output("local", "%d files, %d bytes".formatted(files, manifest.bytes()));
        return new TreeArtifact(revision, tree, manifest);
    }

    private void run(String command, Path tree, DeployContext context) {
        Deque<String> last = new ArrayDeque<>();
        try {
            context.output("local", "$ " + command);
            int status = LocalCommand.shell(command, tree, environment)
                    .run(line -> tell(line, last, context), context.cancellation());
            if (status != 0) {
                throw new BuildException(
                        "build command '%s' failed with exit status %d:%n  %s"
                                .formatted(command, status, String.join("\n  ", last)),
                        "It ran in the exported tree: what it needs must be committed, or made by a command before it.");
            }
        } catch (IOException e) {
            throw new BuildException(
                    "build command '" + command + "' cannot be run: " + e.getMessage(), "", "local", e);
        }
    }

    private static void tell(String line, Deque<String> last, DeployContext context) {
        last.add(line);
        if (last.size() > TOLD) {
            last.remove();
        }
        context.output("local", line);
    }

    private static void writeRevision(Path file, Revision revision) {
        try {
            // Not through a link that stands there: it may lead out of the tree.
            Files.deleteIfExists(file);
            Files.writeString(file, revision.id() + "\n");
        } catch (IOException e) {
            throw new BuildException(file + " cannot be written: " + e.getMessage(), "", null, e);
        }
    }
}
