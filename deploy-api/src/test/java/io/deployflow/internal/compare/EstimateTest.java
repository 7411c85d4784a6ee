package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
    /** Twice: a change on a and on b, then one unit more on either. */
    private final Estimate estimate =
            new Estimate(Step.all(List.of("a", "b"), List.of(Scenario.CHANGE, Scenario.SCALE), 0, 2));

    @Test
    void left_isThatOfTheSameKindAndWhereThereIsNoneThatOfAny() {
        estimate.took(0, Duration.ofSeconds(2));
        estimate.took(1, Duration.ofSeconds(4));

        assertThat(estimate.left(step -> true)).isEqualTo(Duration.ofSeconds(2 + 4 + 4 * 3));
    }

    @Test
    void left_hasNothingOfWhatWillNotBeTaken() {
        estimate.took(0, Duration.ofSeconds(2));
        estimate.took(1, Duration.ofSeconds(4));

        assertThat(estimate.left(step -> step.scenario() == Scenario.CHANGE)).isEqualTo(Duration.ofSeconds(2 + 4));
    }
}
