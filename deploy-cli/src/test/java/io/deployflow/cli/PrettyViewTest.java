package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Phase;
import io.deployflow.Report;
import io.deployflow.RolloutException;
import io.deployflow.Timeline;
import io.deployflow.UnitResult;
import io.deployflow.event.DeployEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrettyViewTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Clock CLOCK = Clock.fixed(START.plusMillis(3200), ZoneOffset.UTC);

    @Test
    void onEvent_whenADeployRuns_redrawsPhasesAndUnitsInPlace() {
        CliRun cli = CliRun.onTerminal().with("NO_COLOR", "1");
        try (View view = new PrettyView(cli.terminal(), Verbosity.NORMAL, CLOCK, action -> () -> {})) {
            view.onEvent(new DeployEvent.PhaseStarted(START, "staging", Phase.PREFLIGHT));
            view.onEvent(
                    new DeployEvent.PhaseFinished(START, "staging", Phase.PREFLIGHT, Duration.ofMillis(250), true));
            view.onEvent(new DeployEvent.PhaseStarted(START.plusMillis(1200), "staging", Phase.PUSH));
            view.onEvent(progress("app1", 5_000_000));
            view.onEvent(new DeployEvent.UnitChanged(START, "staging", Phase.PUSH, "app2", "staged", "20260102030405"));
            view.onEvent(new DeployEvent.Warning(START, "staging", Phase.PUSH, "app1 is late"));
        }

        String screen = screen("""
                \r{J}{-}  › preflight  0.0s
                {+}{1}\r{J}{-}  ✓ preflight  0.0s
                {+}{1}\r{J}{-}  ✓ preflight  0.0s
                  › push       0.0s
                {+}{2}\r{J}{-}  ✓ preflight  0.0s
                  › push       0.0s
                      app1  ━━━━━───────────────  upload 5.0/20.0 MB
                      app2  staged  20260102030405
                {+}{4}\r{J}warning: app1 is late
                {-}  ✓ preflight  0.0s
                  › push       0.0s
                      app1  ━━━━━───────────────  upload 5.0/20.0 MB
                      app2  staged  20260102030405
                {+}{4}\r{J}{-}{+}""");
        assertThat(cli.out()).isEqualTo(screen);
    }

    @Test
    void report_whenDeployed_endsWithTimesUnitsAndTheRelease() {
        CliRun cli = CliRun.onTerminal().with("NO_COLOR", "1");

        report(cli, deployed());

        assertThat(cli.out()).isEqualTo("""
                  ✓ build    0.0s  ━━━━━━━━━━
                  ✓ rollout  0.0s  ━━━━━━━━━━━━━━━━━━━━
                    total    0.0s

                  ✓ app1  switched  20260102030405

                staging serves 20260102030405 (revision 0123456789), before it was 20260101000000
                """);
    }

    @Test
    void report_whenColoursAreWanted_showsSuccessInGreen() {
        CliRun cli = CliRun.onTerminal();

        report(cli, deployed());

        assertThat(cli.out()).contains("\u001b[32m✓\u001b[0m build", "\u001b[32m serves \u001b[0m");
    }

    @Test
    void report_whenItFailed_showsWhatWhereAndHowToMendItInRed() {
        CliRun cli = CliRun.onTerminal();

        report(cli, failed());

        assertThat(cli.err()).isEqualTo("""
                \u001b[31m\u001b[1mFailed: \u001b[0m\u001b[0m\u001b[31mpuma answers 500\u001b[0m
                \u001b[2mwhere:  \u001b[0mapp1, rollout
                \u001b[2mremedy: \u001b[0mLook at puma.log.
                \u001b[1mstaging\u001b[0m was put back: it serves 20260101000000 again
                """);
    }

    @Test
    void onEvent_whenNoOneLooks_drawsNothing() {
        CliRun cli = CliRun.piped();
        try (View view = new PrettyView(cli.terminal(), Verbosity.NORMAL, CLOCK, action -> () -> {})) {
            view.onEvent(new DeployEvent.PhaseStarted(START, "staging", Phase.PREFLIGHT));
            view.report(deployed());
        }
        assertThat(cli.out()).doesNotContain("\u001b").startsWith("  ✓ build");
    }

    @Test
    void report_whenAUnitWasSkipped_saysThatItDoesNotServe() {
        Report all = deployed();
        List<UnitResult> units =
                List.of(all.units().get(0), new UnitResult("app2", UnitResult.State.SKIPPED, "is down", Duration.ZERO));
        Report report = new Report(
                all.target(),
                all.outcome(),
                all.release(),
                all.previous(),
                all.timeline(),
                units,
                List.of(),
                Optional.empty());

        assertThat(ReportLines.conclusion(report, Style.NONE)).endsWith(", but not on app2");
        assertThat(ReportLines.units(units, Style.NONE)).last().asString().contains("x  app2  skipped");
        assertThat(ReportLines.conclusion(all, Style.NONE)).doesNotContain("but not on");
    }

    @Test
    void draw_whenTheTerminalIsNarrow_keepsWithinIt() {
        UnitLine line = UnitLine.of(new DeployEvent.UnitChanged(
                START, "staging", Phase.ROLLOUT, "a-unit-with-a-name-that-is-too-long", "unhealthy", "x".repeat(100)));

        assertThat(line.draw(35, 50, Style.NONE))
                .hasSize(50)
                .startsWith("a-unit-with-a-name-tha..  unhealthy  xxx")
                .endsWith("x..");
    }

    private static DeployEvent progress(String unit, long done) {
        return new DeployEvent.Progress(
                START, "staging", Phase.PUSH, unit, "upload", DeployEvent.Measure.BYTES, done, 20_000_000);
    }

    private static void report(CliRun cli, Report report) {
        try (View view = new PrettyView(cli.terminal(), Verbosity.NORMAL, CLOCK, action -> () -> {})) {
            view.report(report);
        }
    }

    private static Report deployed() {
        return new Report(
                "staging",
                Report.Outcome.DEPLOYED,
                Optional.of(FakeRelease.NEW),
                Optional.of(FakeRelease.LIVE),
                timeline(true),
                List.of(new UnitResult("app1", UnitResult.State.SWITCHED, "20260102030405", Duration.ZERO)),
                List.of(),
                Optional.empty());
    }

    private static Report failed() {
        return new Report(
                "staging",
                Report.Outcome.RESTORED,
                Optional.of(FakeRelease.NEW),
                Optional.of(FakeRelease.LIVE),
                timeline(false),
                List.of(),
                List.of(),
                Optional.of(new RolloutException("puma answers 500", "Look at puma.log.", "app1", null)));
    }

    private static Timeline timeline(boolean succeeded) {
        return new Timeline(
                START,
                List.of(
                        new Timeline.Row(Phase.BUILD, Duration.ZERO, Duration.ofSeconds(1), true),
                        new Timeline.Row(Phase.ROLLOUT, Duration.ofSeconds(1), Duration.ofSeconds(2), succeeded)),
                List.of(),
                Duration.ofSeconds(3));
    }

    /** Spells the escape sequences out: clear below, no wrapping, wrapping, so many lines up. */
    private static String screen(String text) {
        return text.replace("{J}", "\u001b[J")
                .replace("{-}", "\u001b[?7l")
                .replace("{+}", "\u001b[?7h")
                .replaceAll("\\{([0-9])}", "\u001b[$1A");
    }
}
