package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.spi.Poller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FlowTest extends FlowProjects {
    @Test
    void run_whenAllSucceeds_runsEachJobInItsOwnCheckoutOfTheCommit() {
        project.commit("greeting.txt", "hello\n").flow("""
                environment: { WHO: flow, STYLE: plain }
                steps:
                  look: [cat greeting.txt, echo "$WHO $STYLE"]
                jobs:
                  build:
                    environment: { STYLE: fancy }
                    steps:
                      - use: look
                      - echo changed > greeting.txt
                  after:
                    requires: [build]
                    directory: sub
                    steps:
                      - { run: cat ../greeting.txt, name: look again }
                      - { run: 'echo "$DEPLOYFLOW_BRANCH $DEPLOYFLOW_JOB"; git status --short; git log --oneline | wc -l' }
                """).commit("sub/file", "1");
        project.write("greeting.txt", "not committed");

        FlowReport report = project.run().orThrow();

        assertThat(FlowProject.ends(report)).containsExactly("build succeeded", "after succeeded");
        assertThat(project.output("build")).containsExactly("hello", "flow fancy");
        assertThat(project.output("after")).containsExactly("hello", "master after", "3");
        assertThat(project.git("status", "--short")).isEqualTo("M greeting.txt");
        assertThat(report.directory().resolve("logs/build/01.log")).hasContent("hello");
        assertThat(report.directory().resolve("work")).doesNotExist();
    }

    @Test
    void run_inPlace_runsInTheSourceAsItIs() {
        project.flow("jobs: { build: { steps: [cat new.txt, echo made > made.txt] } }");
        project.write("new.txt", "not committed");

        project.run(new FlowRequest(List.of(), Optional.empty(), Optional.empty(), true))
                .orThrow();

        assertThat(project.output("build")).containsExactly("not committed");
        assertThat(project.directory.resolve("made.txt")).exists();
    }

    @Test
    void run_whenAStepFails_skipsWhatRequiresItAndTellsItsLastOutput() {
        project.flow("""
                jobs:
                  build:
                    steps:
                      - 'for i in $(seq 40); do echo line $i; done; false'
                      - echo never
                      - { run: echo mourning, when: on_failure }
                      - { run: echo always, when: always }
                  deploy: { requires: [build], steps: [echo deployed] }
                  notify: { requires: [deploy], when: on_failure, steps: [echo oh no] }
                  tidy: { requires: [deploy], when: always, steps: [echo tidied] }
                """);

        FlowReport report = project.run();

        assertThat(FlowProject.ends(report))
                .containsExactlyInAnyOrder("build failed", "deploy skipped", "notify succeeded", "tidy succeeded");
        assertThat(report.job("deploy").orElseThrow().reason()).isEqualTo("'build' failed");
        StepReport failed = report.job("build").orElseThrow().failedStep().orElseThrow();
        assertThat(failed.lastOutput()).hasSize(30).endsWith("line 40");
        assertThat(project.output("build")).endsWith("line 40", "mourning", "always");
        assertThatThrownBy(report::orThrow)
                .isInstanceOf(FlowException.class)
                .hasMessageContaining("job 'build' failed")
                .hasMessageContaining("exit status 1");
    }

    @Test
    void run_whenItFailsFast_endsTheJobsBesideIt() {
        project.flow("""
                jobs:
                  lint: { steps: ['until [ -e "$GO" ]; do sleep 0.05; done; exit 3'] }
                  test: { steps: ['touch "$GO"; sleep 600'] }
                """);
        project.environment.put("GO", folder.resolve("go").toString());

        FlowReport report = project.run();

        assertThat(FlowProject.ends(report)).containsExactly("lint failed", "test cancelled");
    }

    @Test
    void run_whenItDoesNotFailFast_skipsOnlyWhatRequiresTheJob() {
        project.flow("""
                fail_fast: false
                jobs:
                  lint: { steps: [exit 3] }
                  test: { steps: [sleep 0.5] }
                  deploy: { requires: [lint, test], steps: [echo] }
                """);

        FlowReport report = project.run();

        assertThat(FlowProject.ends(report))
                .containsExactlyInAnyOrder("lint failed", "test succeeded", "deploy skipped");
        assertThat(report.job("deploy").orElseThrow().reason()).isEqualTo("requires 'lint', which failed");
    }

    @Test
    void run_onABranch_runsWhatIsForItAndSaysWhyNotTheRest() {
        project.flow("""
                jobs:
                  build: { steps: [echo] }
                  deploy: { requires: [build], branches: { only: [master] }, steps: [echo] }
                  after: { requires: [deploy], steps: [echo] }
                  release: { tags: { only: ["/v[0-9.]+/"] }, branches: { ignore: ["*"] }, steps: [echo] }
                """);

        FlowReport report = project.run(FlowRequest.defaults().withBranch("topic"));

        assertThat(report.jobs())
                .extracting(job -> job.name() + ": " + job.reason())
                .containsExactlyInAnyOrder(
                        "build: ",
                        "deploy: not for branch topic",
                        "after: requires 'deploy', which is skipped",
                        "release: not for branch topic");
        FlowPlan ofATag = project.plan(new FlowRequest(List.of(), Optional.empty(), Optional.of("v1.2"), false));
        assertThat(ofATag.jobs())
                .filteredOn(job -> job.skipped().isEmpty())
                .extracting(FlowPlan.PlannedJob::name)
                .containsExactly("release");
    }

    @Test
    void run_ofSomeJobs_runsThemAndWhatTheyRequire() {
        project.flow("""
                jobs:
                  build: { steps: [echo] }
                  docs: { requires: [build], steps: [echo] }
                  deploy: { requires: [build], steps: [echo] }
                """);

        assertThat(FlowProject.ends(project.run("docs")))
                .containsExactlyInAnyOrder("deploy skipped", "build succeeded", "docs succeeded");
        assertThatThrownBy(() -> project.run("dcos"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no job 'dcos'; did you mean 'docs'?");
    }

    @Test
    void run_ofACommitThatSaysSo_runsNothing() {
        project.flow("jobs: { build: { steps: [echo] } }");
        project.git("commit", "-q", "--allow-empty", "-m", "[ci skip] Docs");

        FlowReport report = project.run().orThrow();

        assertThat(report.job("build").orElseThrow().reason()).isEqualTo("the commit says [ci skip]");
        assertThat(FlowProject.ends(project.run("build"))).containsExactly("build succeeded");
    }

    @Test
    void run_whenAStepNeverEnds_endsItWithAllThatItStarted() throws IOException {
        Path pids = folder.resolve("pids");
        project.environment.put("PIDS", pids.toString());
        project.flow("""
                jobs:
                  build:
                    steps:
                      - run: |
                          trap '' TERM
                          sleep 600 & echo $! >> "$PIDS"
                          setsid sh -c 'echo $$ >> "$PIDS"; exec sleep 600' &
                          until [ "$(wc -l < "$PIDS")" = 2 ]; do sleep 0.05; done
                          wait
                        timeout: 1s
                """);

        FlowReport report = project.run();

        assertThat(report.job("build").orElseThrow().reason()).endsWith("did not end within 1s");
        assertThat(Files.readAllLines(pids)).hasSize(2).allMatch(FlowTest::dies);
    }

    @Test
    void run_whenAStepLeavesSomethingRunning_endsItWithTheJob() throws IOException {
        Path pid = folder.resolve("pid");
        project.environment.put("PID", pid.toString());
        project.flow("""
                jobs:
                  build:
                    steps:
                      - { run: 'echo $$ > "$PID"; exec sleep 600', background: true }
                      - until [ -s "$PID" ]; do sleep 0.05; done
                      - kill -0 "$(cat "$PID")"
                """);

        project.run().orThrow();

        assertThat(Files.readString(pid).strip()).matches(FlowTest::dies);
    }

    /** One that nobody has asked for its exit status yet is dead as well. */
    private static boolean dies(String pid) {
        return Poller.every(Duration.ofMillis(50))
                .ask(
                        Duration.ofSeconds(20),
                        CancellationToken.create(),
                        () -> isGone(pid) ? Optional.of(true) : Optional.empty())
                .orElse(false);
    }

    private static boolean isGone(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void run_whenItIsCancelled_endsWhatRunsAndSkipsTheRest() {
        project.flow("""
                jobs:
                  build: { steps: ['echo up; sleep 600', { run: echo never, when: always }] }
                  deploy: { requires: [build], steps: [echo] }
                """);
        CancellationToken cancellation = CancellationToken.create();
        Flow flow = project.builder()
                .listener(event -> {
                    if (event instanceof FlowEvent.Output) {
                        cancellation.cancel();
                    }
                })
                .build();

        FlowReport report = flow.run(FlowRequest.defaults(), cancellation);

        assertThat(FlowProject.ends(report)).containsExactly("build cancelled", "deploy skipped");
        assertThat(report.failure()).containsInstanceOf(DeployCancelledException.class);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void run_whenASecretIsNotSet_saysWhereItIsNamedBeforeAnythingRuns() {
        project.flow("""
                jobs:
                  build: { steps: [touch ran] }
                  deploy:
                    requires: [build]
                    branches: { only: [master] }
                    secrets: [HOME, TOKEN]
                    steps: [echo]
                """);

        assertThatThrownBy(() -> project.run())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        project.directory + "/deploy.yml:10:23: job 'deploy' needs the secret TOKEN, which is not set");
        assertThat(project.events).isEmpty();
        project.run(FlowRequest.defaults().withBranch("topic")).orThrow();
    }

    @Test
    void run_keepsTheLastRunsOnly() throws IOException {
        project.flow("keep_runs: 2\njobs: { build: { steps: [echo] } }");
        for (int i = 0; i < 3; i++) {
            project.run().orThrow();
        }
        try (Stream<Path> runs = Files.list(project.directory.resolve(".deployflow/runs"))) {
            assertThat(runs).hasSize(2);
        }
        assertThat(project.git("status", "--short")).isEmpty();
    }
}
