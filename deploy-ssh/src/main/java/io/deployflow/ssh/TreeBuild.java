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

/**
 * Builds a release tree: the exported source, after the build commands have run in it, with its revision in
 * {@code REVISION}.
 *
 * @param commands shell commands, run one after the other in the tree
 * @param environment of the commands, on top of the tool's own
 */
record TreeBuild(List<String> commands, Map<String, String> environment) implements BuildStrategy<TreeArtifact> {
    private static final int TOLD = 20;

    @Override
    public TreeArtifact build(DeployContext context) {
        Path tree = context.source().directory();
        Revision revision = context.source().revision();
        for (String command : commands) {
            run(command, tree, context);
        }
        writeRevision(tree.resolve("REVISION"), revision);
        Manifest manifest = TreeScan.scan(tree);
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
