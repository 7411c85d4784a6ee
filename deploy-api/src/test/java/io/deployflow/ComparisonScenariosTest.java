package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.compare.ComparisonListener;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a comparison does before a run, and what a run is, scenario by scenario. */
class ComparisonScenariosTest extends Comparisons {
    @Test
    void run_ofOneUnitMoreThatIsListed_firstDeploysToAllButIt() {
        adapter.fewer = Optional.of(new FakeAdapter.Settings("all but the last"));
        List<String> deploys = new ArrayList<>();
        adapter.hooks.put("build", () -> deploys.add(adapter.opened.get(adapter.opened.size() - 1)));

        ComparisonReport report =
                builder().scenarios(Scenario.SCALE).runs(1).warmUps(0).build().run(CancellationToken.create());

        assertThat(deploys).containsExactly("a", "b", "all but the last", "a", "all but the last", "b");
        assertThat(report.omissions()).isEmpty();
        assertThat(report.runs()).extracting(Run::end).containsExactly(End.DEPLOYED, End.DEPLOYED);
        assertThat(report.runs())
                .allSatisfy(run -> assertThat(run.rows())
                        .extracting(ComparisonReport.Row::name)
                        .contains("build", "rollout"));
    }

    @Test
    void run_whereThereCannotBeOneUnitMore_leavesThatOutAndGoesOn() {
        ComparisonReport report = builder()
                .scenarios(Scenario.SCALE, Scenario.CHANGE)
                .runs(2)
                .warmUps(0)
                .build()
                .run(CancellationToken.create());

        assertThat(report.omissions())
                .extracting(
                        omission -> omission.place() + " " + omission.scenario().word())
                .containsExactlyInAnyOrder("a scale", "b scale");
        assertThat(report.omissions()).allMatch(omission -> omission.reason().contains("scale"));
        assertThat(report.runs()).hasSize(4).allMatch(run -> run.scenario() == Scenario.CHANGE);
        assertThat(report.isAsExpected()).isTrue();
    }

    @Test
    void run_ofAFirstDeploy_isTheFirstThingDoneAndIsDoneOnce() {
        ComparisonReport report = builder()
                .scenarios(Scenario.FIRST, Scenario.CHANGE)
                .runs(2)
                .build()
                .run(CancellationToken.create());

        assertThat(report.runs().subList(0, 2))
                .allMatch(run -> run.scenario() == Scenario.FIRST && run.end() == End.DEPLOYED && run.number() > 0)
                .extracting(Run::place)
                .containsExactly("a", "b");
        assertThat(report.runs())
                .filteredOn(run -> run.scenario() == Scenario.FIRST)
                .hasSize(2);
        assertThat(adapter.calls.stream().filter("build"::equals))
                .hasSize(report.runs().size());
        assertThat(report.isAsExpected()).isTrue();
    }

    @Test
    void run_ofARollback_deploysAReleaseToGoBackFromWhereThereIsNone() {
        adapter.history = List.of(new FakeRelease("2", Release.State.LIVE), new FakeRelease("1", Release.State.GOOD));
        List<String> prepared = new ArrayList<>();

        ComparisonReport report = builder()
                .scenarios(Scenario.ROLLBACK)
                .runs(2)
                .warmUps(0)
                .progress(preparing(prepared))
                .build()
                .run(CancellationToken.create());

        assertThat(report.runs()).hasSize(4).allSatisfy(run -> {
            assertThat(run.end()).isEqualTo(End.DEPLOYED);
            assertThat(run.rows())
                    .extracting(ComparisonReport.Row::name)
                    .contains("rollout")
                    .doesNotContain("build", "push");
        });
        assertThat(prepared)
                .startsWith("a: the source as it is", "b: the source as it is")
                .filteredOn(what -> what.endsWith(": a release to go back from"))
                .containsExactlyInAnyOrder("a: a release to go back from", "b: a release to go back from");
    }

    /** Of two, for the first is nothing to go back from; the second time one serves already. */
    @Test
    void run_ofARollbackWhereNothingServed_deploysWhatIsGoneBackToFirst() {
        adapter.history = List.of();
        adapter.push = context -> adapter.history =
                List.of(new FakeRelease("2", Release.State.LIVE), new FakeRelease("1", Release.State.GOOD));
        List<String> prepared = new ArrayList<>();

        ComparisonReport report = builder()
                .scenarios(Scenario.ROLLBACK)
                .runs(2)
                .warmUps(0)
                .progress(preparing(prepared))
                .build()
                .run(CancellationToken.create());

        assertThat(report.isAsExpected()).isTrue();
        assertThat(prepared)
                .filteredOn(what -> what.startsWith("a: "))
                .containsExactly(
                        "a: the source as it is",
                        "a: a release to go back from",
                        "a: a release to go back from",
                        "a: what it served before");
    }

    @Test
    void run_whenWhatIsGoneBackFromCannotBeDeployed_isARunThatFailed() {
        adapter.history = List.of(new FakeRelease("2", Release.State.LIVE), new FakeRelease("1", Release.State.GOOD));
        List<String> built = new ArrayList<>();
        adapter.hooks.put("build", () -> {
            built.add("once more");
            if (built.size() > 2) {
                throw new BuildException("no compiler", "Install one.");
            }
        });

        ComparisonReport report = builder()
                .scenarios(Scenario.ROLLBACK)
                .runs(2)
                .warmUps(0)
                .build()
                .run(CancellationToken.create());

        assertThat(report.runs())
                .extracting(Run::end)
                .containsExactly(End.DEPLOYED, End.DEPLOYED, End.FAILED, End.FAILED);
        assertThat(report.runs())
                .extracting(Run::failure)
                .endsWith("a release to go back from, unmeasured: no compiler");
        assertThat(report.toHtml()).contains("a release to go back from, unmeasured: no compiler");
        assertThat(ComparisonReport.ofJson(report.toJson()).toJson()).isEqualTo(report.toJson());
    }

    private static ComparisonListener preparing(List<String> prepared) {
        return new ComparisonListener() {
            @Override
            public void prepares(String what) {
                prepared.add(what);
            }
        };
    }

    @Test
    void run_ofADependencyChange_changesTheLockFileInTheCopyAlone() throws IOException {
        Path lockFile = Files.writeString(source.resolve("Gemfile.lock"), "GEM\n");
        List<String> seen = new ArrayList<>();
        adapter.push = context -> seen.add(read(context.source().directory().resolve("Gemfile.lock")));

        builder().scenarios(Scenario.DEPENDENCY).runs(1).warmUps(0).build().run(CancellationToken.create());

        assertThat(seen).containsExactly("GEM\n", "GEM\n", "GEM\n\n", "GEM\n\n");
        assertThat(Files.readString(lockFile)).isEqualTo("GEM\n");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
