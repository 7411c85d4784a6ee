package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Lane;
import io.deployflow.Lane.End;
import io.deployflow.Lane.Span;
import io.deployflow.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LaneChartTest {
    private static final Style TERMINAL = new Style(false, true, 60);

    @Test
    void of_unitsThatWentAlike_isOneRowForThemAll() {
        assertThat(LaneChart.of(FakeTimes.rollingUpdate(), TERMINAL, false))
                .containsExactly(
                        "                   0s                                 1m 00s",
                        "  2 units puma:18  ░░░▒▒▒▒▓▓▓▓▓▓▓━━━━━━━━━━━━━━━━━━━━━━━━━━━",
                        "  2 units puma:17  ━━━━━━━━━━━━━━███████████████████████████",
                        "  ░ placing 5.0s  ▒ pulling 5.0s  ▓ becoming healthy 10.0s",
                        "  █ draining 40.0s");
    }

    @Test
    void of_withoutDrawingCharacters_isAscii() {
        assertThat(LaneChart.of(FakeTimes.rollingUpdate(), Style.NONE, false))
                .allMatch(line -> line.chars().allMatch(sign -> sign < 128))
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.contains("2 units puma:17  =") && line.endsWith("####"));
    }

    @Test
    void of_aUnitThatFailed_isARowOfItsOwn() {
        Timeline timeline = FakeTimes.timeline(
                FakeTimes.starts("1a", End.DONE), FakeTimes.starts("2b", End.DONE), FakeTimes.starts("3c", End.FAILED));

        assertThat(LaneChart.of(timeline, Style.NONE, false))
                .anyMatch(line -> line.contains("2 units puma:18"))
                .anyMatch(line -> line.contains("3c puma:18"));
    }

    @Test
    void of_aHostThatWasMuchSlowerThanTheOthers_isARowOfItsOwn() {
        List<Lane> hosts = Stream.of("app1", "app2", "app3")
                .map(host -> Lane.of(host, FakeTimes.span("stage", 0, 1)))
                .toList();
        Timeline timeline = FakeTimes.timeline(
                hosts.get(0), hosts.get(1), hosts.get(2), Lane.of("app4", FakeTimes.span("stage", 0, 9)));

        assertThat(LaneChart.ofReport(timeline, Style.NONE, false))
                .anyMatch(line -> line.contains("3 units  ..."))
                .anyMatch(line -> line.contains("app4     ......"));
    }

    @Test
    void of_twoServices_namesTheServiceOfEachRow() {
        Timeline timeline = FakeTimes.timeline(
                new Lane("1a", "web", "web:2", false, List.of(FakeTimes.span("starting", 0, 9))),
                new Lane("1a", "worker", "worker:7", false, List.of(FakeTimes.span("starting", 0, 9))));

        assertThat(LaneChart.of(timeline, Style.NONE, false))
                .anyMatch(line -> line.contains("web 1a web:2"))
                .anyMatch(line -> line.contains("worker 1a worker:7"));
    }

    @Test
    void ofReport_whereAllWasQuickAndWell_isNothingUnlessAskedFor() {
        Timeline quick = FakeTimes.timeline(Lane.of("app1", FakeTimes.span("stage", 0, 2)));

        assertThat(LaneChart.ofReport(quick, Style.NONE, false)).isEmpty();
        assertThat(LaneChart.ofReport(quick, Style.NONE, true)).isNotEmpty();
        assertThat(LaneChart.ofReport(FakeTimes.timeline(), Style.NONE, true)).isEmpty();
    }

    @Test
    void ofReport_whereAQuickStepFailed_isShown() {
        Span failed = new Span("stage", FakeTimes.BEGUN, Duration.ofSeconds(1), End.FAILED);

        assertThat(LaneChart.ofReport(FakeTimes.timeline(Lane.of("app1", failed)), Style.NONE, false))
                .anyMatch(line -> line.contains("app1"));
    }
}
