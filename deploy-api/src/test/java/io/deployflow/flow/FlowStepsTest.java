package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.flow.TestSummary.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FlowStepsTest {
    @TempDir
    private Path folder;

    private FlowProject project;

    FlowStepsTest() {
        project = new FlowProject(Path.of("target", "unused"));
    }

    @BeforeEach
    void makeProject() {
        project = new FlowProject(folder);
    }

    private static final String GEMS = """
            jobs:
              build:
                steps:
                  - restore_cache: { key: 'gems-{{ arch }}-{{ checksum "lock" }}', fallback: [gems-] }
                  - 'cat vendor/gems/a vendor/gems/.b 2>/dev/null || echo cold; mkdir -p vendor/gems; ls -A vendor'
                  - 'cp lock vendor/gems/a; echo hidden > vendor/gems/.b; ln -sf a vendor/gems/link'
                  - save_cache: { key: 'gems-{{ arch }}-{{ checksum "lock" }}', paths: [vendor/gems, none] }
            """;

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
    void cache_isRestoredBySameKeyAndByFallback() {
        project.commit("lock", "one\n").flow(GEMS);
        project.run().orThrow();
        assertThat(project.output("build")).contains("no cache is there", "cold");

        project.events.clear();
        project.run().orThrow();
        assertThat(project.output("build"))
                .contains("one", "hidden")
                .anyMatch(line -> line.endsWith("is there already"));

        project.events.clear();
        project.commit("lock", "two\n").run().orThrow();
        assertThat(project.output("build"))
                .contains("one", "gems")
                .anyMatch(line -> line.startsWith("saved [vendor/gems] as gems-"))
                .noneMatch(line -> line.startsWith(".deployflow"));
    }

    @Test
    void cache_whenItIsDamaged_isRemovedAndNotRestored() throws IOException {
        project.commit("lock", "one\n").flow(GEMS);
        project.run().orThrow();
        try (Stream<Path> files = Files.walk(project.cache())) {
            for (Path archive :
                    files.filter(file -> file.toString().endsWith(".tgz")).toList()) {
                Files.write(archive, new byte[] {1, 2, 3});
            }
        }

        project.events.clear();
        project.run().orThrow();

        assertThat(project.output("build"))
                .contains("cold")
                .anyMatch(line -> line.endsWith("is damaged: removed"))
                .anyMatch(line -> line.startsWith("saved "));
    }

    @Test
    void cache_whenItGoesBetweenFindingAndReading_isAMiss() throws IOException, InterruptedException {
        project.commit("lock", "one\n").flow(GEMS);
        project.run().orThrow();
        CompletableFuture<Void> removing =
                CompletableFuture.runAsync(removingWhileItIsRead(only(".tgz"), only(".entry")));

        project.events.clear();
        project.run().orThrow();

        removing.join();
        assertThat(project.output("build"))
                .contains("no cache is there", "cold")
                .anyMatch(line -> line.endsWith(" is gone: another run has just removed it"))
                .anyMatch(line -> line.startsWith("saved "));
    }

    private Path only(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(project.cache())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The archive becomes a pipe: who writes to it knows when the step has begun to read. */
    private static Runnable removingWhileItIsRead(Path archive, Path entry) throws IOException, InterruptedException {
        byte[] content = Files.readAllBytes(archive);
        Files.delete(archive);
        assertThat(new ProcessBuilder("mkfifo", archive.toString()).start().waitFor())
                .isZero();
        return () -> {
            try (OutputStream pipe = Files.newOutputStream(archive)) {
                Files.delete(entry);
                Files.delete(archive);
                pipe.write(content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Test
    void cache_whenAllAreTooLarge_loosesTheOneUsedLongestAgo() throws IOException {
        project.flow("""
                cache: { directory: caches, limit_mb: 1 }
                jobs:
                  build:
                    steps:
                      - head -c 700000 /dev/urandom > big
                      - save_cache: { key: 'big-{{ run }}', paths: [big] }
                      - head -c 1200000 /dev/urandom > huge
                      - save_cache: { key: 'huge', paths: [huge] }
                """);
        project.run().orThrow();
        project.run().orThrow();

        assertThat(project.output("build")).anyMatch(line -> line.contains("are more than all caches may take"));
        try (Stream<Path> files = Files.list(project.directory.resolve("caches"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".tgz"))).hasSize(1);
        }
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

    private static final String DOCS = """
            jobs:
              docs:
                branches: { only: [master] }
                steps:
                  - publish_docs:
                      generate:
                        - 'echo "$(ls db | wc -l) tables" > doc/tables.md'
                        - { run: 'echo "schema $(cat db/schema)" > doc/schema.md; echo made schema', if_changed: [db] }
                      paths: [doc]
                      message: The tables
            """;

    private FlowProject withOrigin() {
        project.commit("db/schema", "1\n").commit("doc/tables.md", "").flow(DOCS);
        FlowProject.in(folder, "git", "clone", "-q", "--bare", "shop", "origin.git");
        project.git("remote", "add", "origin", folder.resolve("origin.git").toString());
        return project;
    }

    private String origin(String... words) {
        return FlowProject.in(
                folder.resolve("origin.git"),
                Stream.concat(Stream.of("git"), Stream.of(words)).toArray(String[]::new));
    }

    @Test
    void docs_whenTheyChanged_arePushedAsTheLastAuthorAndDoNotLoop() {
        withOrigin();
        project.environment.put("DEPLOYFLOW_RUN_URL", "https://ci.example.com/7");

        project.run().orThrow();

        assertThat(origin("log", "-1", "--pretty=%an <%ae>|%cn|%B", "master"))
                .isEqualTo("Ann <ann@example.org>|Ann|[ci skip] The tables\n\nhttps://ci.example.com/7");
        assertThat(origin("diff", "--stat", "master^", "master"))
                .contains("doc/tables.md")
                .doesNotContain("schema");
        assertThat(project.output("docs")).doesNotContain("made schema");

        project.git("pull", "-q", "origin", "master");
        FlowReport again = project.run().orThrow();
        assertThat(again.job("docs").orElseThrow().reason()).isEqualTo("the commit says [ci skip]");
        project.run("docs").orThrow();
        assertThat(project.output("docs")).last().asString().contains("itself one of [ci skip]");
    }

    @Test
    void docs_whenTheSchemaChangedSinceTheParent_includeIt() {
        withOrigin().commit("db/schema", "2\n").git("push", "-q", "origin", "master");

        project.run().orThrow();

        assertThat(origin("show", "master:doc/schema.md")).isEqualTo("schema 2");
    }

    @Test
    void docs_whenNothingChanged_areNotCommitted() {
        withOrigin().commit("doc/tables.md", "1 tables\n").git("push", "-q", "origin", "master");
        String before = origin("rev-parse", "master");

        project.run().orThrow();

        assertThat(project.output("docs")).last().isEqualTo("nothing changed: nothing to commit");
        assertThat(origin("rev-parse", "master")).isEqualTo(before);
    }

    @Test
    void docs_ofACommitThatNobodyPushed_pushNothing() {
        withOrigin().commit("unfinished", "1\n");
        String before = origin("rev-parse", "master");

        FlowReport report = project.run();

        assertThat(report.job("docs").orElseThrow().reason())
                .contains("commit " + project.git("rev-parse", "HEAD").substring(0, 10))
                .contains(" is not on master at origin (Push it first");
        assertThat(origin("rev-parse", "master")).isEqualTo(before);
    }

    @Test
    void docs_ofABranchThatIsNotAtTheRemote_pushNothing() {
        withOrigin().flow(DOCS.replace("branches: { only: [master] }", "when: always"));

        assertThat(project.run(FlowRequest.defaults().withBranch("topic"))
                        .job("docs")
                        .orElseThrow()
                        .reason())
                .contains(" is not on topic at origin: ");
        assertThat(origin("branch", "--list", "topic")).isEmpty();
    }

    @Test
    void docs_whenSomebodyPushedMeanwhile_goOnTopOfThat() {
        withOrigin();
        FlowProject.in(folder, "git", "clone", "-q", "origin.git", "other");
        Path other = folder.resolve("other");
        FlowProject.in(other, "git", "commit", "-q", "--allow-empty", "-m", "Meanwhile");
        FlowProject.in(other, "git", "push", "-q", "origin", "master");

        project.run().orThrow();

        assertThat(origin("log", "--pretty=%s", "-2", "master")).isEqualTo("[ci skip] The tables\nMeanwhile");
    }

    @Test
    void docs_whenSomebodyChangedTheSameMeanwhile_fail() throws IOException {
        withOrigin();
        FlowProject.in(folder, "git", "clone", "-q", "origin.git", "other");
        Path other = folder.resolve("other");
        Files.writeString(other.resolve("doc/tables.md"), "mine\n");
        FlowProject.in(other, "git", "commit", "-qam", "Meanwhile");
        FlowProject.in(other, "git", "push", "-q", "origin", "master");

        FlowReport report = project.run();

        assertThat(report.job("docs").orElseThrow().reason()).contains("somebody changed the same files on master");
        assertThat(origin("show", "master:doc/tables.md")).isEqualTo("mine");
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
