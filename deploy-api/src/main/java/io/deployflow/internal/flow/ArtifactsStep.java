package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import io.deployflow.internal.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a file or a directory with the run.
 *
 * @param path below the step's directory, behind {@code ~/}, or absolute
 */
record ArtifactsStep(String path) implements StepAction {

    @Override
    public void run(StepSession step) {
        Path from = step.files().file(path);
        if (!Files.exists(from)) {
            step.say("there is no " + path + ": nothing is kept");
            return;
        }
        Path kept = keep(from, step.job().run().directory().artifacts(step.job().name()));
        step.say("kept as " + kept);
    }

    /** Copies a file or a directory into a directory, in which it keeps its name. */
    static Path keep(Path from, Path directory) {
        Path name = from.normalize().getFileName();
        Path to = name == null ? directory : directory.resolve(name);
        try {
            Files.createDirectories(directory);
            if (Files.exists(to)) {
                Trees.delete(to);
            }
            Trees.copy(from, to, path -> false);
            return to;
        } catch (IOException e) {
            throw new FlowException(from + " cannot be kept: " + e.getMessage(), "", null, e);
        }
    }
}
