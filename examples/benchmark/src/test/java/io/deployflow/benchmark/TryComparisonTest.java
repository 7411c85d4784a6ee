package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Environment;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryComparisonTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void words_whenClientsAskSeveralAddresses_nameEach() {
        Map<String, List<URI>> clients = Map.of("hosts", List.of(URI.create("http://a/"), URI.create("http://b/")));

        assertThat(new TryComparison(Path.of("bin/deployflow"), Path.of("deploy.yml"), clients, Path.of("made"), true)
                        .words())
                .startsWith("bin/deployflow", "compare", "containers", "hosts", "--file", "deploy.yml", "--yes")
                .containsSequence("--client", "hosts=http://a/", "--client", "hosts=http://b/")
                .endsWith("--open");
    }

    @Test
    void run_whereAHundredthOfATimeIsInNoPhase_complainsOfNothing() throws Exception {
        assertThat(run(report(1000, 990), 0)).isZero();

        assertThat(told()).isEmpty();
    }

    @Test
    void run_whereMoreOfARunIsInNoPhase_failsAndNamesIt() throws Exception {
        assertThat(run(report(1000, 989), 0)).isEqualTo(1);

        assertThat(told())
                .startsWith(
                        "Time is not accounted for: 1.10 % of the 1000 ms of rollback on hosts, run 1, is in no phase");
    }

    @Test
    void run_whereTheComparisonFails_hasItsExitCode() throws Exception {
        assertThat(run(report(1000, 989), 12)).isEqualTo(12);
    }

    @Test
    void run_whereTheComparisonWritesNothing_judgesNoEarlierOne() throws Exception {
        Files.writeString(folder.resolve("made.json"), report(1000, 100).toJson());

        assertThat(run("exit 2")).isEqualTo(2);

        assertThat(told()).isEmpty();
    }

    @Test
    void complaint_whereNoRunWasMade_isNone() {
        assertThat(new AccountedTime(report()).complaint()).isEmpty();
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private int run(ComparisonReport report, int code) throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("real.json"), report.toJson());
        return run("cp '" + data + "' '" + folder.resolve("made.json") + "'; exit " + code);
    }

    /** With a launcher that does something else. */
    private int run(String script) throws IOException, InterruptedException {
        Path launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new TryComparison(launcher, Path.of("deploy.yml"), Map.of(), folder.resolve("made"), false)
                .run(Map.of(), new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private static ComparisonReport report(int wall, int inPhases) {
        return report(run(Scenario.CHANGE, wall, wall), run(Scenario.ROLLBACK, wall, inPhases));
    }

    private static ComparisonReport report(Run... runs) {
        return new ComparisonReport(
                "shop",
                Instant.EPOCH,
                Duration.ofSeconds(9),
                1,
                0,
                new Environment("", "", "", ""),
                List.of(new Place("hosts", "ssh", 2, "", List.of())),
                Stream.of(runs).map(Run::scenario).toList(),
                List.of(),
                List.of(runs),
                "");
    }

    private static Run run(Scenario scenario, int wall, int inPhases) {
        return new Run(
                "hosts",
                scenario,
                1,
                Instant.EPOCH,
                Duration.ofMillis(wall),
                List.of(new Row("rollout", Duration.ZERO, Duration.ofMillis(inPhases), true, 0, 0)),
                List.of(),
                Visits.NONE,
                End.DEPLOYED,
                "",
                Duration.ZERO);
    }
}
