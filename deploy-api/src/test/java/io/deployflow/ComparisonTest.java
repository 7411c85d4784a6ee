package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.compare.ComparisonListener;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Scenario;
import io.deployflow.spi.RolloutResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonTest extends Comparisons {
    private static final Duration BIT = Duration.ofMillis(300);

    @Test
    void run_ofTwoTargets_alternatesAndKeepsEveryRun() {
        ComparisonReport report = builder()
                .scenarios(Scenario.CHANGE, Scenario.NONE)
                .runs(2)
                .build()
                .run(CancellationToken.create());

        assertThat(report.runs())
                .extracting(run -> run.scenario().word() + " " + run.place() + " " + run.number())
                .containsExactly(
                        "none a 0",
                        "none b 0",
                        "change b 0",
                        "change a 0",
                        "none b 1",
                        "none a 1",
                        "change a 1",
                        "change b 1",
                        "none a 2",
                        "none b 2",
                        "change b 2",
                        "change a 2");
        assertThat(report.runs("a", Scenario.CHANGE)).hasSize(2);
        assertThat(report.isAsExpected()).isTrue();
    }

    /** By the clock only of the run that was held up least: on a busy machine most can be, anywhere. */
    @Test
    void run_ofAnyScenario_accountsForItsTimeAndCostsLittleItself() {
        adapter.hooks.put("rollout", FakeAdapter.taking(BIT));
        BetweenPhases between = new BetweenPhases();
        ComparisonReport report = builder()
                .scenarios(Scenario.CHANGE)
                .runs(3)
                .listener(between)
                .build()
                .run(CancellationToken.create());

        assertThat(report.runs()).allSatisfy(run -> {
            assertThat(run.rows())
                    .extracting(ComparisonReport.Row::name)
                    .containsExactly("open", "preflight", "build", "push", "rollout", "cleanup", "close");
            assertThat(run.rows())
                    .extracting(ComparisonReport.Row::start)
                    .startsWith(Duration.ZERO)
                    .isSorted();
            assertThat(run.rows()).allMatch(row -> row.took().compareTo(run.wall()) < 0);
        });
        // Of every run; before them each target got what the first one changes, and that loaded the classes.
        assertThat(between.deploys().stream().skip(2).limit(report.runs().size()))
                .as("work of each run that is in no phase")
                .hasSize(8)
                .allSatisfy(worked -> assertThat(worked).isLessThan(BIT.dividedBy(20)));
        assertThat(report.runs()).anyMatch(run -> run.unaccountedShare() < 0.01);
        assertThat(report.runs()).anyMatch(run -> share(run.measuring(), run) < 0.02);
    }

    private static double share(Duration part, Run run) {
        return (double) part.toNanos() / run.wall().toNanos();
    }

    @Test
    void run_whereSettingsSayHowManyUnitsAreWorkedOnAtATime_notesThatOfEachTarget() {
        ComparisonReport report =
                builder().scenarios(Scenario.CHANGE).runs(1).warmUps(0).build().run(CancellationToken.create());

        assertThat(report.places())
                .extracting(ComparisonReport.Place::parallel)
                .containsExactly(Optional.of(3), Optional.empty());
    }

    @Test
    void run_whenAReleaseIsBrokenOnPurpose_expectsItToBeTakenBackAndMendsTheSource() {
        List<String> seen = new ArrayList<>();
        adapter.push = context -> {
            boolean isBroken = Files.exists(context.source().directory().resolve("broken"));
            seen.add(isBroken ? "broken" : "whole");
            adapter.rollout = isBroken
                    ? RolloutResult.failed(List.of(), new RolloutException("GET /health answers 500", "Look."))
                    : RolloutResult.succeeded(List.of());
        };
        ComparisonReport report = builder()
                .scenarios(Scenario.BROKEN, Scenario.CHANGE)
                .edit(Scenario.BROKEN, "touch broken")
                .runs(1)
                .warmUps(1)
                .build()
                .run(CancellationToken.create());

        assertThat(report.runs("a", Scenario.BROKEN)).extracting(Run::end).containsExactly(End.RESTORED);
        assertThat(report.runs("a", Scenario.BROKEN))
                .extracting(Run::failure)
                .containsExactly("GET /health answers 500");
        assertThat(report.isAsExpected()).isTrue();
        assertThat(seen).startsWith("whole", "whole", "whole", "whole", "broken", "broken", "whole", "whole", "broken");
    }

    @Test
    void run_whenARunFails_keepsItAndGoesOn() {
        adapter.hooks.put("build", () -> {
            throw new BuildException("no compiler", "Install one.");
        });
        ComparisonReport report =
                builder().scenarios(Scenario.CHANGE).runs(2).build().run(CancellationToken.create());

        assertThat(report.runs()).hasSize(6).allMatch(run -> run.end() == End.UNCHANGED && !run.isAsExpected());
        assertThat(report.isAsExpected()).isFalse();
        assertThat(report.findings()).contains("3 of 3 runs on a did not end as it should (one-word change).");
    }

    @Test
    void run_whenATargetCannotBePutBack_stopsAtOnce() {
        adapter.rollout = RolloutResult.failed(List.of(), new RolloutException("health", "Look."));
        adapter.rollback = RolloutResult.failed(List.of(), new RolloutException("host is gone", "Look."));
        ComparisonReport report =
                builder().scenarios(Scenario.FIRST).runs(3).build().run(CancellationToken.create());

        assertThat(report.runs()).extracting(Run::end).containsExactly(End.NOT_RESTORED);
        assertThat(report.cutShort()).contains("a could not be put back after 'first deploy'");
    }

    @Test
    void run_whenCancelled_reportsWhatWasMeasured() {
        CancellationToken cancellation = CancellationToken.create();
        ComparisonReport report = builder()
                .scenarios(Scenario.CHANGE)
                .runs(3)
                .progress(new ComparisonListener() {
                    @Override
                    public void ended(Run run, int done, int total, Duration left) {
                        if (done == 2) {
                            cancellation.cancel();
                        }
                    }
                })
                .build()
                .run(cancellation);

        assertThat(report.runs()).hasSize(2);
        assertThat(report.cutShort()).isEqualTo("it was cancelled");
    }

    @Test
    void run_whenItIsNotKnownHowToBreakTheApplication_leavesThatOutAndSaysSo() {
        ComparisonReport report = builder()
                .scenarios(Scenario.BROKEN, Scenario.DEPENDENCY, Scenario.NONE)
                .runs(1)
                .build()
                .run(CancellationToken.create());

        assertThat(report.omissions())
                .extracting(
                        omission -> omission.place() + " " + omission.scenario().word())
                .containsExactly("a dependency", "b dependency", "a broken", "b broken");
        assertThat(report.omissions()).anyMatch(omission -> omission.reason().contains("--edit broken='COMMAND'"));
    }

    @Test
    void run_whenDone_putsBackWhatServedBeforeAndLeavesNoCopy() throws IOException {
        Set<Path> copies = new HashSet<>();
        adapter.push = context -> copies.add(context.application().source());
        builder().scenarios(Scenario.CHANGE).runs(1).build().run(CancellationToken.create());

        assertThat(adapter.calls.stream().filter(call -> call.startsWith("rollout")))
                .last()
                .isEqualTo("rollout 1");
        assertThat(copies).hasSize(1).doesNotContain(source).noneMatch(Files::exists);
        try (Stream<Path> files = Files.list(source)) {
            assertThat(files).containsExactly(source.resolve("app.rb"));
        }
    }

    @Test
    void build_whenATargetIsProtected_refusesIt() {
        Target production = new Target("b", "fake", new FakeAdapter.Settings("b"), Optional.empty(), true);

        assertThatThrownBy(() -> builder(target("a"), production).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("target 'b' is protected: nothing is deployed there for trial");
        assertThat(adapter.calls).isEmpty();
    }

    @Test
    void build_whenThereIsNothingToCompare_refusesIt() {
        assertThatThrownBy(() -> builder(target("a")).build()).hasMessage("a comparison needs two targets or more");
        assertThatThrownBy(() -> builder().targets("a", "c").build()).hasMessage("there is no target 'c'");
        assertThatThrownBy(() -> builder().targets("a", "b", "a").build()).hasMessage("a target is named twice");
        assertThatThrownBy(() -> builder().runs(0).build()).hasMessageContaining("needs a run");
    }

    @Test
    void announcement_ofAComparison_saysWhatWillBeDoneWhereAndHowOften() {
        assertThat(builder()
                        .scenarios(Scenario.FIRST, Scenario.CHANGE, Scenario.BROKEN)
                        .runs(5)
                        .build()
                        .announcement())
                .hasSize(5)
                .first()
                .asString()
                .contains("a and b", "for real");
        assertThat(builder().runs(5).build().announcement())
                .anyMatch(line ->
                        line.startsWith("  change: a deploy after one word was changed in one file, 6 times each"
                                + " (one word in deployflow-compare.txt)"))
                .anyMatch(line -> line.startsWith("  broken: ") && line.contains("left out: nobody said how"));
        assertThat(adapter.calls).isEmpty();
    }
}
