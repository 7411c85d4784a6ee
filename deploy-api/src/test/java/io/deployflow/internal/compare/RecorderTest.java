package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.Lane;
import io.deployflow.Phase;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.event.DeployEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
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

    /** Twice the clock an event, which is all that it measures by. */
    @Test
    void onEvent_ofAnyKind_readsTheClockTwice() {
        AtomicLong reads = new AtomicLong();
        Recorder counting = new Recorder(reads::incrementAndGet);
        List<DeployEvent> events = events();
        long before = reads.get();

        events.forEach(counting::onEvent);

        assertThat(reads.get() - before).isEqualTo(2L * events.size());
        assertThat(counting.end(null).measuring()).isEqualTo(Duration.ofNanos(events.size()));
    }

    /**
     * Whatever a phase does: a deploy to 200 hosts tells some hundred events a second. By the batch that was held up
     * least, and with room for a slow machine: it is a microsecond or two.
     */
    @Test
    void onEvent_ofAThousandASecond_costsLessThanTwoPercentOfAnyPhase() {
        List<DeployEvent> second = Collections.nCopies(1000 / events().size(), events()).stream()
                .flatMap(List::stream)
                .toList();
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 50; batch++) {
            Recorder real = new Recorder(System::nanoTime);
            second.forEach(real::onEvent);
            least = Math.min(least, real.end(null).measuring().toNanos());
        }

        assertThat(Duration.ofNanos(least)).isLessThan(Duration.ofMillis(20));
    }

    /** One of each kind that it tells apart, and one that it does not look at. */
    private static List<DeployEvent> events() {
        return List.of(
                new DeployEvent.PhaseStarted(Instant.EPOCH, "any", Phase.PUSH),
                new DeployEvent.Asked(Instant.EPOCH, "any", Phase.PUSH, "app1", "script"),
                new DeployEvent.Progress(
                        Instant.EPOCH, "any", Phase.PUSH, "app1", "upload", DeployEvent.Measure.BYTES, 10, 40),
                new DeployEvent.Warning(Instant.EPOCH, "any", Phase.PUSH, "careful"),
                new DeployEvent.PhaseFinished(Instant.EPOCH, "any", Phase.PUSH, Duration.ofMillis(1), true));
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

    /** How far Docker's engine is in a layer is more than it sends of it. */
    @Test
    void end_whenContentWasWorkedThrough_countsOnlyTheBytesThatWereSent() {
        start(Phase.PUSH);
        told("0123456789ab", DeployEvent.Measure.CONTENT, 6144);
        told("0123456789ab", DeployEvent.Measure.BYTES, 300);
        finish(Phase.PUSH, 100, true);

        assertThat(recorder.end(null).rows())
                .filteredOn(row -> row.name().equals("push"))
                .extracting(Row::bytes)
                .containsExactly(300L);
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

    @Test
    void end_whenLanesWereTold_hasThemPutTogether() {
        lane(new Lane.Span("pulling", Instant.EPOCH, Duration.ofSeconds(1), Lane.End.OPEN));
        lane(new Lane.Span("pulling", Instant.EPOCH, Duration.ofSeconds(2), Lane.End.DONE));
        lane(new Lane.Span("starting", Instant.EPOCH.plusSeconds(2), Duration.ofSeconds(1), Lane.End.OPEN));

        assertThat(recorder.end("scale").lanes())
                .singleElement()
                .satisfies(lane -> assertThat(lane.spans())
                        .extracting(Lane.Span::name, span -> span.took().toSeconds())
                        .containsExactly(tuple("pulling", 2L), tuple("starting", 1L)));
    }

    private void lane(Lane.Span span) {
        recorder.onEvent(new DeployEvent.LaneChanged(Instant.EPOCH, "a", Phase.OPERATION, Lane.of("task1", span)));
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
        told(unit, DeployEvent.Measure.BYTES, bytes);
    }

    private void told(String unit, DeployEvent.Measure measure, long done) {
        recorder.onEvent(new DeployEvent.Progress(Instant.EPOCH, "a", Phase.PUSH, unit, "upload", measure, done, 100));
    }

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
