package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.Phase;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.event.DeployEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final AtomicLong now = new AtomicLong(5_000_000);
    private final Recorder recorder = new Recorder(now::get);

    @Test
    void end_whenPhasesFollowEachOther_hasRowsThatAddUpToTheWallTime() {
        pass(10);
        phase(Phase.PREFLIGHT, 100, true);
        phase(Phase.ROLLOUT, 300, false);
        pass(20);
        Recorder.Recording recording = recorder.end(null);

        assertThat(recording.wall()).isEqualTo(Duration.ofMillis(430));
        assertThat(recording.rows())
                .extracting(
                        Row::name,
                        row -> row.start().toMillis(),
                        row -> row.took().toMillis(),
                        Row::succeeded)
                .containsExactly(
                        tuple("open", 0L, 10L, true),
                        tuple("preflight", 10L, 100L, true),
                        tuple("rollout", 110L, 300L, false),
                        tuple("close", 410L, 20L, true));
    }

    @Test
    void end_whenTimePassesBetweenPhases_leavesThatOut() {
        phase(Phase.PREFLIGHT, 100, true);
        pass(50);
        phase(Phase.ROLLOUT, 100, true);
        Recorder.Recording recording = recorder.end(null);

        assertThat(recording.rows().stream().map(Row::took).reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(recording.wall().minusMillis(50));
    }

    @Test
    void end_whenBytesAndQuestionsWereTold_countsThemWhereTheyWere() {
        asked("connect");
        start(Phase.PUSH);
        sent("app1", 10);
        sent("app1", 40);
        sent("app2", 40);
        asked("script");
        finish(Phase.PUSH, 100, true);
        asked("script");
        start(Phase.ROLLOUT);
        finish(Phase.ROLLOUT, 1, true);

        assertThat(recorder.end(null).rows())
                .extracting(Row::name, Row::bytes, Row::calls)
                .containsExactly(
                        tuple("open", 0L, 1L),
                        tuple("push", 80L, 2L),
                        tuple("rollout", 0L, 0L),
                        tuple("close", 0L, 0L));
    }

    @Test
    void end_whenNoPhaseWasTold_isOneRow() {
        asked("UpdateService");
        pass(70);

        assertThat(recorder.end("scale").rows())
                .extracting(Row::name, row -> row.took().toMillis(), Row::calls)
                .containsExactly(tuple("scale", 70L, 1L));
    }

    private void phase(Phase phase, long millis, boolean succeeded) {
        start(phase);
        finish(phase, millis, succeeded);
    }

    private void start(Phase phase) {
        recorder.onEvent(new DeployEvent.PhaseStarted(Instant.EPOCH, "a", phase));
    }

    private void finish(Phase phase, long millis, boolean succeeded) {
        pass(millis);
        recorder.onEvent(
                new DeployEvent.PhaseFinished(Instant.EPOCH, "a", phase, Duration.ofMillis(millis), succeeded));
    }

    private void asked(String what) {
        recorder.onEvent(new DeployEvent.Asked(Instant.EPOCH, "a", Phase.PREFLIGHT, "app1", what));
    }

    private void sent(String unit, long bytes) {
        recorder.onEvent(new DeployEvent.Progress(
                Instant.EPOCH, "a", Phase.PUSH, unit, "upload", DeployEvent.Measure.BYTES, bytes, 100));
    }

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
