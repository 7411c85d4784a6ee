package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseIdTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.9Z");

    @Test
    void next_whenTheClockIsAhead_isTheTimeInUtc() {
        assertThat(ReleaseId.next(NOW, List.of("20260304050606", "lost+found"))).isEqualTo("20260304050607");
    }

    @Test
    void next_whenTheLastReleaseIsFromTheFuture_isGreaterAllTheSame() {
        assertThat(ReleaseId.next(NOW, List.of("20261231235959", "20260304050607")))
                .isEqualTo("20270101000000");
    }

    @Test
    void next_whenAnIdIsNoTime_isGreaterAllTheSame() {
        assertThat(ReleaseId.next(NOW, List.of("99999999999998"))).isEqualTo("99999999999999");
    }

    @Test
    void next_whenNoIdCanBeGreater_namesTheDirectoryThatIsInTheWay() {
        for (String last : List.of("99991231235959", "99999999999999")) {
            assertThatThrownBy(() -> ReleaseId.next(NOW, List.of(last)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("releases/" + last);
        }
    }

    @Test
    void time_ofAnId_isWhenItWasMade() {
        assertThat(ReleaseId.time("20260304050607")).isEqualTo("2026-03-04T05:06:07Z");
    }
}
