package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import io.deployflow.flow.TestSummary.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps test results with the run, and learns from them how long each file takes.
 *
 * @param path a file, or a directory with some
 */
record TestResultsStep(String path) implements StepAction {

    @Override
    public void run(StepSession step) {
        Path from = step.files().file(path);
        if (!Files.exists(from)) {
            step.say("there is no " + path + ": no results are stored");
            return;
        }
        Path kept = ArtifactsStep.keep(
                from, step.job().run().directory().tests(step.job().name()));
        List<TestCase> cases = read(kept, step);
        Timings.of(step.job().run()).learn(cases);
        step.say(cases.size() + " test results stored");
    }

    private static List<TestCase> read(Path kept, StepSession step) {
        try {
            List<TestCase> cases = new ArrayList<>();
            for (Path file : files(kept)) {
                try {
                    cases.addAll(JUnitXml.read(file));
                } catch (IOException e) {
                    step.say("left out: " + e.getMessage());
                }
            }
            return cases;
        } catch (IOException e) {
            throw new FlowException("test results cannot be read: " + e.getMessage(), "", null, e);
        }
    }

    /** The files with results below a directory. */
    static List<Path> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }
}
