package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.spi.RolloutResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollbackTest extends Deployers {
    @Test
    void rollback_whenNoneIsNamed_goesToTheNewestGoodOneBeforeTheLive() {
        adapter.history = List.of(
                new FakeRelease("6", Release.State.STAGED),
                new FakeRelease("5", Release.State.GOOD),
                new FakeRelease("4", Release.State.LIVE),
                new FakeRelease("3", Release.State.FAILED),
                new FakeRelease("2", Release.State.GOOD),
                new FakeRelease("1", Release.State.GOOD));

        deployer().rollback("staging");

        assertThat(adapter.calls).containsExactly("preflight", "rollout 2", "cleanup", "unlock", "close");
    }

    @Test
    void rollback_whenPreflightHasTakenBackAKilledDeploy_goesNoFurther() {
        adapter.units = List.of(new Status.Unit("app1", "3", true, ""), new Status.Unit("app2", "2", true, ""));
        adapter.history = List.of(
                new FakeRelease("3", Release.State.FAILED),
                new FakeRelease("2", Release.State.LIVE),
                new FakeRelease("1", Release.State.GOOD));

        Report report = deployer().rollback("staging");

        assertThat(adapter.calls).contains("rollout 2");
        assertThat(report.warnings()).singleElement().asString().contains("taken back already: 2");
    }

    @Test
    void rollback_whenANewerReleaseHasOnlyBeenStaged_goesToTheOneBeforeTheLive() {
        adapter.units = List.of(new Status.Unit("app1", "2", true, ""));
        adapter.history = List.of(
                new FakeRelease("3", Release.State.STAGED),
                new FakeRelease("2", Release.State.LIVE),
                new FakeRelease("1", Release.State.GOOD));

        deployer().rollback("staging");

        assertThat(adapter.calls).contains("rollout 1");
    }

    @Test
    void rollback_thatIsTakenBack_saysOfItsReleaseWhatTheTargetsRecordSays() {
        adapter.history = List.of(new FakeRelease("2", Release.State.LIVE), new FakeRelease("1", Release.State.GOOD));
        adapter.rollout = RolloutResult.failed(List.of(), new RolloutException("unhealthy", ""));

        Report report = deployer().rollback("staging");

        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(report.release()).map(Release::state).contains(Release.State.GOOD);
    }

    @Test
    void rollback_whenTheNamedOneIsBroken_refusesAndNamesWholeOnes() {
        adapter.history = List.of(new FakeRelease("2", Release.State.LIVE), new FakeRelease("1", Release.State.BROKEN));

        Report report = deployer().rollback("staging", Optional.of("1"), CancellationToken.create());

        assertThat(report.failure()).containsInstanceOf(ConfigurationException.class);
        assertThat(report.failure().orElseThrow().remedy()).contains("2").doesNotContain("1");
        assertThat(adapter.calls).containsExactly("preflight", "unlock", "close");
    }

    @Test
    void rollback_whenThereIsNoEarlierGoodOne_saysSo() {
        Report report = deployer().rollback("staging");

        assertThat(report.failure().orElseThrow()).hasMessageContaining("no earlier good release");
    }
}
