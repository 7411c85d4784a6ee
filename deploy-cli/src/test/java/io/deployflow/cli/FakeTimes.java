package io.deployflow.cli;

import io.deployflow.Lane;
import io.deployflow.Lane.End;
import io.deployflow.Lane.Span;
import io.deployflow.PastRollout;
import io.deployflow.Prediction;
import io.deployflow.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Rollouts of two tasks that replace two others, whose connections drain for most of it. */
final class FakeTimes {
    static final Instant BEGUN = Instant.parse("2026-01-02T03:04:05Z");

    static final Prediction PREDICTION = new Prediction(
            "",
            Duration.ofSeconds(325),
            List.of(
                    new Prediction.Part("starting", Duration.ofSeconds(25)),
                    new Prediction.Part("draining", Duration.ofSeconds(300))),
            List.of(new Prediction.Saving(
                    "deregistration_delay of target group puma", "300 s", "30 s", Duration.ofSeconds(270))),
            List.of("the application answers its first health check"));

    static final PastRollout ROLLOUT = new PastRollout(
            "",
            FakeRelease.LIVE,
            PastRollout.Outcome.DEPLOYED,
            "",
            timeline(new Lane("3c", "puma", "puma:17", true, List.of(span("draining", 30, 30)))));

    private FakeTimes() {}

    static Timeline timeline(Lane... lanes) {
        return new Timeline(BEGUN, List.of(), List.of(lanes), Duration.ofSeconds(60));
    }

    static Timeline rollingUpdate() {
        return timeline(
                starts("1a", End.DONE),
                starts("2b", End.DONE),
                new Lane("3c", "puma", "puma:17", true, List.of(span(Lane.SERVING, 0, 20), span("draining", 20, 40))),
                new Lane("4d", "puma", "puma:17", true, List.of(span(Lane.SERVING, 0, 20), span("draining", 20, 40))));
    }

    static Lane starts(String unit, End end) {
        return new Lane(
                unit,
                "puma",
                "puma:18",
                false,
                List.of(
                        span("placing", 0, 5),
                        span("pulling", 5, 5),
                        new Span("becoming healthy", BEGUN.plusSeconds(10), Duration.ofSeconds(10), end),
                        new Span(Lane.SERVING, BEGUN.plusSeconds(20), Duration.ofSeconds(40), End.OPEN)));
    }

    static Span span(String name, int from, int seconds) {
        return new Span(name, BEGUN.plusSeconds(from), Duration.ofSeconds(seconds), End.DONE);
    }
}
