package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.compare.ComparisonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CompareTest {
    private final CliRun cli = CliRun.piped();

    @TempDir
    Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        file = DeployYml.write(directory, """
                application: shop
                targets:
                  containers: { type: fake }
                  hosts: { type: fake }
                  sick: { type: fake, fails: build }
                  production: { type: fake, protected: true }
                """);
    }

    private int compare(String... words) {
        List<String> all = new ArrayList<>(List.of("compare", "--file", file));
        all.addAll(List.of(words));
        if (!all.contains("--report")) {
            all.addAll(List.of("--report", directory.resolve("made").toString()));
        }
        return cli.run(all.toArray(String[]::new));
    }

    @Test
    void compare_whenItIsTold_runsAndWritesTheReportInThreeForms() throws IOException {
        assertThat(compare(
                        "containers",
                        "hosts",
                        "--yes",
                        "--runs",
                        "2",
                        "--scenarios",
                        "change,none",
                        "--note",
                        "a test"))
                .isZero();

        assertThat(cli.out())
                .contains("1/12  no change", "12/12  one-word change")
                .contains("Each of the 12 runs ended as it should.")
                .endsWith("Report: " + directory.resolve("made.html") + "\n");
        ComparisonReport report = ComparisonReport.ofJson(Files.readString(directory.resolve("made.json")));
        assertThat(report.runs()).hasSize(12);
        assertThat(report.environment().note()).isEqualTo("a test");
        assertThat(Files.readString(directory.resolve("made.md"))).startsWith("# shop: containers and hosts, compared");
        assertThat(Files.readString(directory.resolve("made.html"))).startsWith("<!DOCTYPE html>");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void compare_whenARunFails_goesOnAndEndsWithTwelve() {
        assertThat(compare("hosts", "sick", "-y", "--runs", "1", "--warm-ups", "0", "--scenarios", "change"))
                .isEqualTo(12);
        assertThat(cli.out()).contains("bundle: not found", "1 of 1 run on sick did not end as it should");
    }

    @Test
    void compare_whenNobodyCanBeAsked_saysWhatItWouldDoAndDoesNothing() {
        assertThat(compare("containers", "hosts")).isEqualTo(2);
        assertThat(cli.err())
                .startsWith("This deploys shop again and again to containers and hosts, for real:\n")
                .endsWith("""
                        Failed: a comparison deploys to its targets again and again, and nobody can be asked whether it may
                        remedy: Say so with --yes.
                        """);
        assertThat(cli.out()).isEmpty();
        assertThat(directory.resolve("made.html")).doesNotExist();
    }

    @Test
    void compare_whenThePersonSaysNo_doesNothing() {
        int code = new CommandLine(new CompareCommand(cli.terminal(), question -> Optional.of(false)))
                .execute("containers", "hosts", "--file", file);

        assertThat(code).isEqualTo(2);
        assertThat(cli.err()).contains("nothing was done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "containers production --yes | target 'production' is protected: nothing is deployed there for trial",
                "containers --yes | a comparison needs two targets or more",
                "containers containers --yes | a target is named twice",
                "containers host --yes | did you mean 'hosts'?",
                "containers hosts --yes --runs 0 | a comparison needs a run, and 0 were asked for",
                "containers hosts --yes --scenarios chnge | 'chnge' is not a scenario: there are first, none, change",
                "containers hosts --yes --client shop=http://a/ | --client shop=http://a/ is not TARGET=URL",
                "containers hosts --yes --edit chnge=true | --edit chnge=true is not SCENARIO=COMMAND",
                "containers hosts --yes --predict units=0 | 'units=0' is nothing that can be predicted for",
                "containers hosts --yes --report /no/such/place/x | the report cannot be written",
                "--from no-such.json | no-such.json cannot be read"
            })
    void compare_whenAskedForWhatCannotBe_saysWhyAndDoesNothing(String words, String problem) {
        assertThat(compare(words.split(" "))).isEqualTo(2);
        assertThat(cli.err()).contains(problem);
        assertThat(directory.resolve("made.html")).doesNotExist();
    }

    @Test
    void compare_whenAskedForJson_printsALineForEachRunAndWhereTheReportIs() {
        assertThat(compare(
                        "containers",
                        "hosts",
                        "-y",
                        "--runs",
                        "1",
                        "--warm-ups",
                        "0",
                        "--scenarios",
                        "none",
                        "-o",
                        "json"))
                .isZero();
        assertThat(cli.out().lines())
                .hasSize(3)
                .anyMatch(line ->
                        line.matches("\\{\"event\":\"run\",\"at\":\"T\",\"target\":\"hosts\",\"scenario\":\"none\","
                                + "\"number\":1,\"took_ms\":0,\"end\":\"deployed\",\"as_expected\":true,.*"))
                .last()
                .asString()
                .startsWith("{\"event\":\"comparison\",\"exit_code\":0,\"report\":\"");
    }

    @Test
    void compare_whenAskedToPredict_saysWhatItAssumes() {
        assertThat(compare(
                        "containers",
                        "hosts",
                        "-y",
                        "--runs",
                        "1",
                        "--scenarios",
                        "change",
                        "--predict",
                        "units=50,rtt=50ms"))
                .isZero();
        assertThat(cli.out())
                .contains("With 50 units, the same bandwidth, a round trip 50 ms longer, the same delays of ECS:")
                .containsPattern("(?i)one-word change with 50 units, .*: .* on (containers|hosts); ")
                .contains("- hosts are worked on as many at a time as the setting parallel");
        assertThat(directory.resolve("made.html"))
                .content()
                .contains(
                        "Somewhere else",
                        "Predicted, not measured: 50 units, the same bandwidth, a round trip 50 ms longer");
        assertThat(directory.resolve("made.md")).content().contains("## Somewhere else");
    }

    @Test
    void compare_onASandbox_tellsByWhichClockByItself() {
        cli.with("SANDBOX_CLOCK", "AWS's delays divided by 15");

        assertThat(compare("containers", "hosts", "-y", "--runs", "1", "--scenarios", "none", "--note", "at home"))
                .isZero();

        assertThat(directory.resolve("made.json"))
                .content()
                .contains("at home; clock of the sandbox: AWS's delays divided by 15");
    }

    @Test
    void compare_whenGivenEarlierData_makesTheReportAgainAndDeploysNothing() throws IOException {
        compare("containers", "hosts", "-y", "--runs", "1", "--scenarios", "change");
        String data = Files.readString(directory.resolve("made.json"));
        Files.delete(directory.resolve("made.html"));

        assertThat(CliRun.piped()
                        .run(
                                "compare",
                                "--from",
                                directory.resolve("made.json").toString(),
                                "--report",
                                directory.resolve("made").toString()))
                .isZero();
        assertThat(directory.resolve("made.html")).isNotEmptyFile();
        assertThat(directory.resolve("made.json")).hasContent(data);
    }
}
