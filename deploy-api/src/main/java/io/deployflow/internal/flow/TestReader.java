package io.deployflow.internal.flow;

import io.deployflow.flow.TestSummary;
import io.deployflow.flow.TestSummary.TestCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all test results of a run. */
final class TestReader {
    private static final Logger LOG = LoggerFactory.getLogger(TestReader.class);

    private TestReader() {}

    /** Empty where there are none; what is secret in them is hidden, for tests too say what they got. */
    static Optional<TestSummary> read(RunDirectory directory, SecretMask mask) {
        List<TestCase> cases = new ArrayList<>();
        try {
            for (Path file : TestResultsStep.files(directory.path().resolve("tests"))) {
                cases.addAll(readable(file));
            }
        } catch (IOException e) {
            LOG.warn("test results were not read: {}", e.toString());
        }
        return cases.isEmpty()
                ? Optional.empty()
                : Optional.of(new TestSummary(
                        cases.stream().map(test -> hidden(test, mask)).toList()));
    }

    private static TestCase hidden(TestCase test, SecretMask mask) {
        return new TestCase(
                mask.hide(test.suite()),
                mask.hide(test.name()),
                test.file().map(mask::hide),
                test.took(),
                test.outcome(),
                mask.hide(test.message()));
    }

    private static List<TestCase> readable(Path file) {
        try {
            return JUnitXml.read(file);
        } catch (IOException e) {
            LOG.debug("{} was named when it was stored", file, e);
            return List.of();
        }
    }
}
