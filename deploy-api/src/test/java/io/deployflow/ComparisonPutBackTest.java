package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.compare.ComparisonListener;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Scenario;
import io.deployflow.spi.RolloutResult;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However a comparison ends, its targets serve again what they served before. */
class ComparisonPutBackTest extends Comparisons {
    private final CancellationToken cancellation = CancellationToken.create();

    @BeforeEach
    void serve() {
        adapter.history = List.of(new FakeRelease("7", Release.State.LIVE), new FakeRelease("6", Release.State.GOOD));
    }

    private List<String> rollouts() {
        return adapter.calls.stream().filter(call -> call.startsWith("rollout")).toList();
    }

    @Test
    void run_thatEndsWithARollback_putsBackWhatServedBefore() {
        builder()
                .scenarios(Scenario.CHANGE, Scenario.ROLLBACK)
                .runs(1)
                .warmUps(0)
                .build()
                .run(cancellation);

        assertThat(rollouts()).endsWith("rollout 6", "rollout 6", "rollout 7", "rollout 7");
    }

    @Test
    void run_whereNothingCameToBeLive_leavesTheTargetsAlone() {
        adapter.hooks.put("build", () -> {
            throw new BuildException("no compiler", "Install one.");
        });
        builder().scenarios(Scenario.CHANGE).runs(1).build().run(cancellation);

        assertThat(rollouts()).isEmpty();
    }

    /** That it was taken back is what a broken release is measured by: a cancelled one would pass for one. */
    @Test
    void run_whenCancelledWhileAReleaseIsTakenBack_hasNoRunOfIt() {
        adapter.push = context -> {
            boolean isBroken = Files.exists(context.source().directory().resolve("broken"));
            adapter.hooks.put("rollout", isBroken ? cancellation::cancel : () -> {});
            adapter.rollout = isBroken
                    ? RolloutResult.failed(List.of(), new RolloutException("GET /health answers 500", "Look."))
                    : RolloutResult.succeeded(List.of());
        };
        ComparisonReport report = builder()
                .scenarios(Scenario.CHANGE, Scenario.BROKEN)
                .edit(Scenario.BROKEN, "touch broken")
                .runs(1)
                .warmUps(0)
                .build()
                .run(cancellation);

        assertThat(report.runs()).extracting(Run::scenario).containsExactly(Scenario.CHANGE, Scenario.CHANGE);
        assertThat(report.cutShort()).isEqualTo("it was cancelled");
        assertThat(rollouts()).last().isEqualTo("rollout 7");
    }

    @Test
    void run_whenCancelledAndNotPutBack_hasTheRunAndSaysSo() {
        adapter.hooks.put("rollout", cancellation::cancel);
        adapter.rollout = RolloutResult.failed(List.of(), new RolloutException("health", "Look."));
        adapter.rollback = RolloutResult.failed(List.of(), new RolloutException("host is gone", "Look."));

        ComparisonReport report =
                builder().scenarios(Scenario.FIRST).runs(1).build().run(cancellation);

        assertThat(report.runs()).extracting(Run::end).containsExactly(End.NOT_RESTORED);
        assertThat(report.cutShort())
                .contains("a could not be put back after 'first deploy'", "a does not serve again");
    }

    @Test
    void run_whenSomethingUnexpectedHappens_putsBackWhatServedBeforeAllTheSame() {
        ComparisonListener broken = new ComparisonListener() {
            @Override
            public void begins(String place, Scenario scenario, int number) {
                throw new IllegalStateException("the terminal is gone");
            }
        };

        assertThatThrownBy(() -> builder()
                        .scenarios(Scenario.CHANGE)
                        .progress(broken)
                        .build()
                        .run(cancellation))
                .hasMessage("the terminal is gone");
        assertThat(rollouts()).endsWith("rollout 7", "rollout 7");
    }
}
