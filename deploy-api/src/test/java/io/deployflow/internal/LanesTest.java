package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Lane;
import io.deployflow.Lane.End;
import io.deployflow.Lane.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Lanes lanes = new Lanes();

    @Test
    void add_ofFurtherSpans_putsThemInOrderOfTime() {
        lanes.add(Lane.of("app1", span("stage", 5, 3, End.DONE)));
        lanes.add(Lane.of("app2", span("connect", 0, 2, End.DONE)));
        lanes.add(Lane.of("app1", span("connect", 0, 1, End.DONE)));

        assertThat(lanes.all()).extracting(Lane::unit).containsExactly("app1", "app2");
        assertThat(lanes.all().get(0).spans()).extracting(Span::name).containsExactly("connect", "stage");
    }

    @Test
    void add_ofASpanThatWasToldBefore_takesWhatIsKnownNow() {
        lanes.add(Lane.of("1a", span("draining", 0, 4, End.OPEN)));
        lanes.add(Lane.of("1a", span("draining", 0, 9, End.DONE)));

        assertThat(lanes.all()).containsExactly(Lane.of("1a", span("draining", 0, 9, End.DONE)));
    }

    @Test
    void add_ofUnitsOfTheSameNameInTwoServices_keepsThemApart() {
        lanes.add(new Lane("1a", "web", "web:1", false, List.of()));
        lanes.add(new Lane("1a", "worker", "worker:1", false, List.of()));

        assertThat(lanes.all()).hasSize(2);
    }

    private static Span span(String name, int from, int seconds, End end) {
        return new Span(name, START.plusSeconds(from), Duration.ofSeconds(seconds), end);
    }
}
