package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {
    @Test
    void of_whenTheNumberIsOdd_isTheMiddleOneWhateverTheOrder() {
        assertThat(Medians.of(seconds(9, 1, 2))).contains(Duration.ofSeconds(2));
    }

    @Test
    void of_whenTheNumberIsEven_isTheMeanOfTheTwoInTheMiddle() {
        assertThat(Medians.of(seconds(1, 9, 4, 2))).contains(Duration.ofSeconds(3));
    }

    @Test
    void of_whenThereIsNone_isEmpty() {
        assertThat(Medians.of(List.of())).isEmpty();
    }

    private static List<Duration> seconds(Integer... seconds) {
        return List.of(seconds).stream().map(Duration::ofSeconds).toList();
    }
}
