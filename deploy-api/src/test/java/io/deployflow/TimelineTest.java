package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Lane.End;
import io.deployflow.Lane.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant BEGUN = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void shares_whereSpansOverlap_countTheirTimeOnceAndTheLongestFirst() {
        Timeline timeline = timeline(
                Lane.of("a", span("starting", 0, 4), span(Lane.SERVING, 4, 30), span("draining", 34, 20)),
                Lane.of("b", span("starting", 2, 4), span(Lane.SERVING, 6, 34), span("draining", 40, 20)));

        assertThat(timeline.shares())
                .containsExactly(
                        new Timeline.Share("draining", Duration.ofSeconds(26)),
                        new Timeline.Share("starting", Duration.ofSeconds(6)));
    }

    @Test
    void shares_ofWhatLiesOutsideTheDeploy_countOnlyWhatLiesWithin() {
        Timeline timeline = timeline(Lane.of("a", span("starting", -10, 12), span("draining", 95, 20)));

        assertThat(timeline.shares())
                .containsExactly(
                        new Timeline.Share("draining", Duration.ofSeconds(5)),
                        new Timeline.Share("starting", Duration.ofSeconds(2)));
    }

    @Test
    void span_thatWouldEndBeforeItBegan_tookNoTime() {
        assertThat(new Span("starting", BEGUN, Duration.ofSeconds(-3), End.DONE).took())
                .isZero();
    }

    private static Timeline timeline(Lane... lanes) {
        return new Timeline(BEGUN, List.of(), List.of(lanes), Duration.ofSeconds(100));
    }

    private static Span span(String name, int from, int seconds) {
        return new Span(name, BEGUN.plusSeconds(from), Duration.ofSeconds(seconds), End.DONE);
    }
}
