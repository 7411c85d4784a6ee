package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of what a step writes, whatever it is. */
@Timeout(120)
class FlowOutputTest extends FlowProjects {
    @Test
    void run_whenOutputIsNoText_goesOn() {
        project.flow("""
                jobs:
                  build:
                    steps: ["printf 'caf\\\\303\\\\251 \\\\377\\\\376 end\\\\r\\\\nlast'"]
                """);

        project.run().orThrow();

        assertThat(project.output("build")).containsExactly("café \uFFFD\uFFFD end", "last");
    }

    @Test
    void run_whenAStepWritesAGigabyte_tellsItAll_andKeepsWhatALogMayTake() throws IOException {
        project.flow("""
                jobs:
                  build: { steps: ['{ yes "$(printf %9999d 0)" || :; } 2> /dev/null | head -n 100000; echo last'] }
                """);
        AtomicLong told = new AtomicLong();
        FlowReport report = Flow.builder(project.deployFile())
                .environment(project.environment)
                .cache(project.cache())
                .listener(event -> {
                    if (event instanceof FlowEvent.Output output) {
                        told.addAndGet(output.line().length() + 1);
                    }
                })
                .build()
                .run(FlowRequest.defaults(), CancellationToken.create())
                .orThrow();

        assertThat(told).hasValue(100_000L * 10_000 + 5);
        Path log = report.directory().resolve("logs/build/01.log");
        assertThat(Files.size(log)).isBetween(100L << 20, 101L << 20);
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines.reduce((before, line) -> line).orElseThrow()).startsWith("(the log is full at 100 MB");
        }
    }

    @Test
    void run_whenASecretOfAnotherJobIsWritten_hidesItInTitlesTestsAndPlansToo() {
        project.environment.put("TOKEN", "s3cr3t-value");
        project.commit("results/junit.xml", """
                <testsuite><testcase classname="a" name="logs in">
                  <failure message="expected 200 for s3cr3t-value">trace</failure></testcase></testsuite>
                """).flow("""
                jobs:
                  deploy: { secrets: [TOKEN], steps: [echo] }
                  build:
                    steps:
                      - 'true of quite some words before it, so many that it is cut ${env:TOKEN}'
                      - { run: 'echo "it is $TOKEN"', name: 'with ${env:TOKEN}' }
                      - store_test_results: results
                      - 'false ${env:TOKEN}'
                """);

        FlowReport report = project.run();

        assertThat(project.output("build")).contains("it is ***");
        assertThat(report.tests().orElseThrow().failures())
                .extracting(TestSummary.TestCase::message)
                .containsExactly("expected 200 for ***");
        assertThat(report.job("build").orElseThrow().reason()).contains("'false ***'");
        assertThat(report.toString() + project.events + project.plan(FlowRequest.defaults()))
                .contains("with ***")
                .doesNotContain("s3cr3t");
    }

    @Test
    void run_whenASecretIsWritten_hidesIt() throws IOException {
        project.environment.put("TOKEN", "s3cr3t-value");
        project.flow("""
                jobs:
                  build:
                    secrets: [TOKEN]
                    steps: ['echo "it is $TOKEN"; head -c 20000 /dev/zero | tr "\\0" x; echo "$TOKEN"; echo "$TOKEN" >&2; exit 1']
                """);

        FlowReport report = project.run();

        assertThat(project.output("build")).first().isEqualTo("it is ***");
        assertThat(report.toString() + project.events).doesNotContain("s3cr3t");
        try (Stream<Path> files = Files.walk(report.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContain("s3cr3t");
            }
        }
    }
}
