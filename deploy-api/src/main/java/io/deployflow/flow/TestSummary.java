package io.deployflow.flow;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the tests of a run did.
 *
 * @param cases every test
 */
public record TestSummary(List<TestCase> cases) {
    /** Copies the list. */
    public TestSummary {
        cases = List.copyOf(cases);
    }

    /**
     * One test.
     *
     * @param suite its class or file
     * @param name its name
     * @param file the file that it stands in, if its results say
     * @param took how long it took
     * @param outcome how it ended
     * @param message why it failed; empty otherwise
     */
    public record TestCase(
            String suite, String name, Optional<String> file, Duration took, Outcome outcome, String message) {}

    /** How a test ended. */
    public enum Outcome {
        /** It passed. */
        PASSED,
        /** It did not. */
        FAILED,
        /** It was not run. */
        SKIPPED
    }

    /** How many ended so. */
    public long count(Outcome outcome) {
        return cases.stream().filter(test -> test.outcome() == outcome).count();
    }

    /** Those that failed. */
    public List<TestCase> failures() {
        return cases.stream().filter(test -> test.outcome() == Outcome.FAILED).toList();
    }

    /** Those that took longest, the slowest first. */
    public List<TestCase> slowest(int count) {
        return cases.stream()
                .sorted(Comparator.comparing(TestCase::took).reversed())
                .limit(count)
                .toList();
    }
}
