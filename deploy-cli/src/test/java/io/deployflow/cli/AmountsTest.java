package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Phase;
import io.deployflow.event.DeployEvent.Measure;
import io.deployflow.event.DeployEvent.Progress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "PIECES, 3, 7, 3/7",
        "PIECES, 1500, 2000, 1500/2000",
        "PIECES, 12, 0, 12",
        "BYTES, 0, 20000000, 0.0/20.0 MB",
        "BYTES, 1234567, 20400000, 1.2/20.4 MB",
        "BYTES, 5000, 52000, 5.0/52.0 kB",
        "BYTES, 20, 400, 20/400 B",
        "BYTES, 1234567, 0, 1.2 MB"
    })
    void progress_whenShown_takesTheUnitThatFits(Measure measure, long done, long total, String words) {
        Progress progress = new Progress(Instant.EPOCH, "staging", Phase.PUSH, "app1", "upload", measure, done, total);

        assertThat(Amounts.progress(progress)).isEqualTo(words);
    }

    @Test
    void percent_whenMoreIsDoneThanThereIs_staysAt100() {
        assertThat(Amounts.percent(120, 100)).isEqualTo(100);
        assertThat(Amounts.percent(5, 0)).isZero();
    }

    @Test
    void time_whenOverAMinute_showsMinutes() {
        assertThat(Amounts.time(Duration.ofMillis(3249))).isEqualTo("3.2s");
        assertThat(Amounts.time(Duration.ofSeconds(64))).isEqualTo("1m 04s");
        assertThat(Amounts.seconds(Duration.ofSeconds(64))).isEqualTo("64.0s");
    }

    @Test
    void seconds_areRounded_alsoWhereAClockWasSetBack() {
        assertThat(Amounts.seconds(Duration.ofMillis(3250))).isEqualTo("3.3s");
        assertThat(Amounts.seconds(Duration.ofMillis(49))).isEqualTo("0.0s");
        assertThat(Amounts.seconds(Duration.ofMillis(-1300))).isEqualTo("-1.3s");
    }
}
