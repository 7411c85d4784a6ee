package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.ecs.LayersSettings.Layer;
import io.deployflow.ecs.internal.layers.DirectoryTree;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Runs the commands that make a layer, in the deploy's own copy of the source: those of one layer at a time. */
final class Preparer {
    private static final int KEPT = 20;

    private final DeployContext context;

    Preparer(DeployContext context) {
        this.context = context;
    }

    /**
     * Runs them.
     *
     * @return the copy afterwards
     * @throws BuildException if one fails; its last lines are in the message
     */
    TreeArtifact run(Layer layer, Revision revision) {
        Path directory = context.source().directory();
        for (String command : layer.prepare()) {
            run(layer, command, directory);
        }
        requireMade(layer, directory);
        return DirectoryTree.read(directory, revision);
    }

    private static void requireMade(Layer layer, Path directory) {
        for (String from : layer.from()) {
            if (!Files.exists(directory.resolve(from))) {
                throw new BuildException(
                        "'prepare' of layer " + layer.name() + " did not make " + from,
                        "Check its commands and 'from'.");
            }
        }
    }

    private void run(Layer layer, String command, Path directory) {
        Deque<String> last = new ArrayDeque<>();
        try {
            int status = LocalCommand.shell(command, directory, Map.of("CI", "true"))
                    .run(line -> tell(line, last), context.cancellation());
            if (status != 0) {
                throw new BuildException(
                        "'prepare' of layer " + layer.name() + " failed: '" + command + "' ended with " + status
                                + "\n  " + String.join("\n  ", last),
                        "Mend the command, or what it needs on this machine.");
            }
        } catch (IOException e) {
            throw new BuildException("'" + command + "' cannot be run: " + e.getMessage(), "", null, e);
        }
    }

    private void tell(String line, Deque<String> last) {
        context.output("local", line);
        last.addLast(line);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }
}
