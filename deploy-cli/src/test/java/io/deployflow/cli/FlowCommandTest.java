package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowCommandTest {
    private static final String FLOW = """
            application: shop
            targets: { staging: { type: fake }, lock: { type: fake, fails: lock }, rollout: { type: fake, fails: rollout },
              restore: { type: fake, fails: restore } }
            flow:
              fail_fast: false
              jobs:
                test: { steps: [echo tested] }
                deploy: { requires: [test], branches: { only: [master] }, steps: [deploy: staging] }
                broken:
                  requires: [test]
                  branches: { only: [broken] }
                  steps: [deploy: { all_of: [staging, rollout] }]
                unrestored:
                  branches: { only: [unrestored] }
                  steps: [deploy: { all_of: [staging, restore] }]
            """;

    private final CliRun cli = CliRun.piped();

    @TempDir
    private Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        file = DeployYml.write(directory, FLOW);
        cli.with("XDG_CACHE_HOME", directory.resolve("cache").toString());
        cli.with("PATH", System.getenv("PATH"));
    }

    @Test
    void plan_showsWhatWouldRunOnTheBranch() {
        assertThat(cli.run("flow", "plan", "--branch", "topic", "--file", file)).isZero();

        assertThat(cli.out()).isEqualTo("""
                branch topic
                1. test
                     - echo tested
                1. unrestored  skipped: not for branch topic
                2. deploy after test  skipped: not for branch topic
                2. broken after test  skipped: not for branch topic
                """);
    }

    @Test
    void run_onMaster_testsAndDeploys() {
        assertThat(cli.run("flow", "run", "--branch", "master", "--file", file)).isZero();

        assertThat(cli.out())
                .contains("test | tested\n")
                .contains("deploy | staging rollout: done in 0.0s")
                .contains(
                        "✓ test        0.0s\n", "✓ deploy      0.0s\n", "broken      skipped: not for branch master\n");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void run_whenADeployFails_endsWith13AndNamesWhatWasDeployedBefore() throws IOException {
        assertThat(cli.run("flow", "run", "--branch", "broken", "--file", file, "--output", "json"))
                .isEqualTo(13);

        List<String> lines = cli.out().lines().toList();
        JsonNode report = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(report.at("/event").asText()).isEqualTo("flow_report");
        assertThat(report.at("/exit_code").asInt()).isEqualTo(13);
        assertThat(report.at("/failure/message").asText())
                .contains("job 'broken' failed", "the deploy to 'rollout' failed: GET /health answers 500")
                .contains("what served before serves; before it: staging serves");
        assertThat(cli.out()).contains("\"event\":\"deployment\"").contains("\"outcome\":\"failed\"");
    }

    @Test
    void run_whenADeployCouldNotBePutBack_endsWith6() throws IOException {
        assertThat(cli.run("flow", "run", "--branch", "unrestored", "--file", file, "--output", "json"))
                .isEqualTo(6);

        List<String> lines = cli.out().lines().toList();
        JsonNode report = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(report.at("/exit_code").asInt()).isEqualTo(6);
        assertThat(report.at("/failure/kind").asText()).isEqualTo("not_restored");
        assertThat(report.at("/failure/message").asText())
                .contains("job 'unrestored' failed", "the deploy to 'restore' failed")
                .contains("NOT every unit serves what it served before; before it: staging serves");
    }

    @Test
    void run_whenTheJobIsMisspelt_suggestsTheRightOne() {
        assertThat(cli.run("flow", "run", "tset", "--file", file)).isEqualTo(2);
        assertThat(cli.err()).startsWith("Failed: the flow has no job 'tset'; did you mean 'test'?");
    }

    @Test
    void flow_whenTheFileHasNone_saysHowToHaveOneMade() {
        assertThat(cli.run("flow", "plan", "--file", DeployYml.in(directory))).isEqualTo(2);
        assertThat(cli.err()).contains("has no section 'flow'").contains("flow import");
        assertThat(cli.run("flow")).isEqualTo(2);
    }

    @Test
    void importing_addsAFlowThatCanBePlanned() throws IOException {
        String deployFile = DeployYml.in(directory);
        Path circle = Files.writeString(
                directory.resolve("config.yml"),
                "version: 2\njobs:\n  build:\n    docker: [{ image: ruby }]\n    steps: [checkout, run: 'make | true']\n");

        assertThat(cli.run("flow", "import", circle.toString(), "--into", deployFile))
                .isZero();
        assertThat(cli.err())
                .contains("config.yml:4: not carried over: job 'build' ran in the image ruby")
                .contains("config.yml:5: looks wrong: '| true' swallows");
        assertThat(cli.run("flow", "plan", "--file", deployFile)).isZero();
        assertThat(cli.out()).contains("1. build\n     - make | true\n");
        assertThat(cli.run("flow", "import", circle.toString(), "--into", deployFile))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"circleci", "github", "gitlab"})
    void initCi_writesAFileThatCallsTheFlow(String ci) throws IOException {
        assertThat(cli.run("init", "ci", ci, "--directory", directory.toString()))
                .isZero();

        String written = cli.out().replaceFirst("Wrote (\\S+)\\. .*\n", "$1");
        assertThat(Path.of(written)).content().contains("deployflow flow run").contains("deployflow/flow/caches");
        assertThat(cli.run("init", "ci", ci, "--directory", directory.toString()))
                .isEqualTo(2);
        assertThat(cli.run("init", "ci", "jenkins")).isEqualTo(2);
        assertThat(cli.err()).contains("'jenkins' is no CI").contains("circleci, github, gitlab");
    }
}
