package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a script.
 *
 * @param script for bash
 * @param background whether its end is not waited for
 */
record ShellStep(String script, boolean background) implements StepAction {

    @Override
    public void run(StepSession step) {
        ShellProcess process = start(script, step, Map.of(), step.output());
        if (!background) {
            mustSucceed(process.await(step.cancellation()));
        }
    }

    /** Runs a script to its end. */
    static void run(String script, StepSession step) {
        new ShellStep(script, false).run(step);
    }

    static void mustSucceed(int status) {
        if (status != 0) {
            throw new FlowException("exit status " + status, "");
        }
    }

    /**
     * Starts a script.
     *
     * @param more variables on top of the step's
     */
    static ShellProcess start(String script, StepSession step, Map<String, String> more, OutputLines output) {
        Map<String, String> environment = new HashMap<>(step.environment());
        environment.putAll(more);
        if (!Files.isDirectory(step.directory())) {
            throw new FlowException("there is no directory " + step.directory(), "Correct 'directory'.");
        }
        try {
            return ShellProcess.start(written(script, step), step.directory(), environment, output);
        } catch (IOException e) {
            throw new FlowException("the script cannot be started: " + e.getMessage(), "", null, e);
        }
    }

    /** A file, because a script can be longer than a command line. */
    private static Path written(String script, StepSession step) throws IOException {
        Path scripts = step.job().run().directory().work(step.job().name()).resolve("scripts");
        Files.createDirectories(scripts);
        return Files.writeString(Files.createTempFile(scripts, "step-" + step.number() + "-", ".sh"), script);
    }
}
