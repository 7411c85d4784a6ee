package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.flow.TestSummary.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FlowStepsTest extends FlowProjects {
    @Test
    void paths_behindATilde_areBelowTheHome() {
        project.environment.put("HOME", folder.resolve("home").toString());
        project.commit("lock", "").flow("""
                jobs:
                  save:
                    steps:
                      - 'mkdir -p ~/.m2 && echo jar > ~/.m2/a && echo log > ~/made.log'
                      - save_cache: { key: m2, paths: [~/.m2] }
                      - store_artifacts: ~/made.log
                      - 'rm -r ~/.m2'
                  restore:
                    requires: [save]
                    steps: [restore_cache: m2, 'cat ~/.m2/a']
                """);

        FlowReport report = project.run().orThrow();

        assertThat(project.output("restore")).contains("jar");
        assertThat(report.directory().resolve("artifacts/save/made.log")).hasContent("log");
    }

    @Test
    void tests_whenStored_areSummarisedAndTeachTheSplitting() {
        project.commit("spec/a_spec.rb", "").commit("spec/sub/b_spec.rb", "").commit("spec/sub/c_spec.rb", "");
        project.commit("results/rspec.xml", """
                <?xml version="1.0"?>
                <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
                <testsuite name="rspec">
                  <testcase classname="spec.a" name="adds" file="./spec/a_spec.rb" time="9.0"/>
                  <testcase classname="spec.b" name="fails" file="./spec/sub/b_spec.rb" time="1.5">
                    <failure message="expected 1, got 2">trace</failure></testcase>
                  <testcase classname="spec.c" name="waits" file="./spec/sub/c_spec.rb" time="2.0"><skipped/></testcase>
                </testsuite>
                """).flow("""
                jobs:
                  test:
                    steps:
                      - store_test_results: results
                      - store_artifacts: results
                  split:
                    requires: [test]
                    steps:
                      - { run: 'echo "$DEPLOYFLOW_SPLIT_INDEX of $DEPLOYFLOW_SPLIT_TOTAL:" {{ files }}',
                          split: { glob: spec/**/*_spec.rb, over: 2 } }
                """);

        FlowReport report = project.run().orThrow();

        TestSummary tests = report.tests().orElseThrow();
        assertThat(tests.cases()).hasSize(3);
        assertThat(tests.count(Outcome.SKIPPED)).isOne();
        assertThat(tests.failures()).extracting(TestSummary.TestCase::message).containsExactly("expected 1, got 2");
        assertThat(tests.slowest(1)).extracting(TestSummary.TestCase::name).containsExactly("adds");
        assertThat(report.directory().resolve("artifacts/test/results/rspec.xml"))
                .exists();
        assertThat(project.output("split"))
                .containsExactlyInAnyOrder(
                        "[1] 0 of 2: spec/a_spec.rb", "[2] 1 of 2: spec/sub/b_spec.rb spec/sub/c_spec.rb");
    }

    @Test
    void split_whenAShareFails_failsTheStep() {
        project.commit("t/a", "").commit("t/b", "").flow("""
                jobs:
                  test: { steps: [{ run: 'test {{ files }} != t/b', split: { glob: t/*, by: name, over: 2 } }] }
                  none: { steps: [{ run: 'echo {{ files }}', split: nothing/* }] }
                fail_fast: false
                """);

        FlowReport report = project.run();

        assertThat(report.job("test").orElseThrow().reason()).endsWith("exit status 1");
        assertThat(report.job("none").orElseThrow().reason()).contains("no file matches 'nothing/*'");
    }

    @Test
    void run_afterOneThatWasKilled_removesWhatItLeft() throws IOException {
        project.flow("jobs: { build: { steps: [echo] } }");
        Path work =
                Files.createDirectories(project.directory.resolve(".deployflow/runs/20200101-000000-dead/work/build"));
        Path half = Files.createDirectories(project.cache().resolve("caches/shop/tmp/20200101-000000-dead"));
        Files.createDirectories(project.cache().resolve("runs"));
        Files.write(
                project.cache().resolve("runs/20200101-000000-dead.run"), List.of(work.toString(), half.toString()));
        ProcessBuilder orphan = new ProcessBuilder("sleep", "600");
        orphan.environment().put("DEPLOYFLOW_RUN", "20200101-000000-dead");
        Process process = orphan.start();

        project.run().orThrow();

        assertThat(work).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(project.cache().resolve("runs")).isEmptyDirectory();
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }
}
