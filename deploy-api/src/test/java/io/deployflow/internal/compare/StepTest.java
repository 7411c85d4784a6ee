package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.compare.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final List<String> PLACES = List.of("a", "b");

    @Test
    void all_whenThereAreWarmUps_numbersThoseThatCountFromOne() {
        assertThat(Step.all(List.of("a"), List.of(Scenario.CHANGE), 1, 2))
                .extracting(Step::number)
                .containsExactly(0, 1, 2);
    }

    @Test
    void all_inEachRound_letsAnotherTargetGoFirst() {
        assertThat(Step.all(PLACES, List.of(Scenario.CHANGE), 0, 2))
                .extracting(Step::place)
                .containsExactly("a", "b", "b", "a");
    }

    @Test
    void all_ofAFirstDeploy_hasItOnceAndCountsIt() {
        assertThat(Step.all(PLACES, List.of(Scenario.FIRST, Scenario.NONE), 1, 2))
                .filteredOn(step -> step.scenario() == Scenario.FIRST)
                .extracting(Step::place, Step::number)
                .containsExactly(tuple("a", 1), tuple("b", 1));
    }
}
