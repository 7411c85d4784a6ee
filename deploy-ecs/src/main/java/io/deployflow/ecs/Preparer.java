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
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the commands that make a layer, in the deploy's own copy of the source: those of one layer at a time. */
final class Preparer {
    /** Where npm and others say what is wrong, before pages of their help. */
    private static final int FIRST = 10;

    private static final int LAST = 20;
    /** A shell's, for a program that it does not find. */
    private static final int NOT_FOUND = 127;

    private final DeployContext context;

    Preparer(DeployContext context) {
        this.context = context;
    }

    /**
     * Runs them.
     *
     * @return the copy afterwards
     * @throws BuildException if one fails; what it wrote first and last is in the message
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
        Said said = new Said();
        try {
            int status = LocalCommand.shell(command, directory, Map.of("CI", "true"))
                    .run(line -> tell(line, said), context.cancellation());
            if (status != 0) {
                throw new BuildException(
                        "'prepare' of layer " + layer.name() + " failed: '" + command + "' ended with " + status
                                + said.text(),
                        status == NOT_FOUND
                                ? "Install the program on this machine, or say in 'image.layers.stack' how else the layer"
                                        + " is made."
                                : "Mend the command, or what it needs on this machine.");
            }
        } catch (IOException e) {
            throw new BuildException("'" + command + "' cannot be run: " + e.getMessage(), "", null, e);
        }
    }

    private void tell(String line, Said said) {
        context.output("local", line);
        said.add(line);
    }

    /** The first and the last lines of an output. */
    private static final class Said {
        private final List<String> first = new ArrayList<>();
        private final Deque<String> last = new ArrayDeque<>();
        private int leftOut;

        void add(String line) {
            if (first.size() < FIRST) {
                first.add(line);
                return;
            }
            last.addLast(line);
            if (last.size() > LAST) {
                last.removeFirst();
                leftOut++;
            }
        }

        /** As lines below another. */
        String text() {
            List<String> lines = new ArrayList<>(first);
            if (leftOut > 0) {
                lines.add("(" + leftOut + (leftOut == 1 ? " line is" : " lines are")
                        + " left out: --verbose shows them)");
            }
            lines.addAll(last);
            return lines.stream().map(line -> "\n  " + line).collect(Collectors.joining());
        }
    }
}
