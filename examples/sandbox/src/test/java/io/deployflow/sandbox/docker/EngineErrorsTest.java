package io.deployflow.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EngineErrorsTest {
    @Test
    void message_whenTheEngineAnswersJson_isTheEnginesOwn() {
        assertThat(EngineErrors.message(new RuntimeException("Status 404: {\"message\":\"manifest unknown\"}\n")))
                .isEqualTo("manifest unknown");
    }

    @Test
    void message_whenItIsNoJson_isKept() {
        assertThat(EngineErrors.message(new RuntimeException("broken {pipe"))).isEqualTo("broken {pipe");
        assertThat(EngineErrors.message(new RuntimeException("plain"))).isEqualTo("plain");
    }

    @Test
    void logLine_whenStamped_isTimeAndMessage() {
        assertThat(ContainerLog.parse("2026-01-02T03:04:05.678901234Z hello  world\n"))
                .hasValueSatisfying(line -> {
                    assertThat(line.time()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901234Z"));
                    assertThat(line.message()).isEqualTo("hello  world");
                });
        assertThat(ContainerLog.parse("no stamp")).isEmpty();
    }

    @Test
    void owner_whenTheProcessIsThisOne_isNotGone() {
        Owner self = Owner.thisProcess();

        assertThat(self.isGone()).isFalse();
        assertThat(Owner.parse(self.label())).contains(self);
        assertThat(new Owner(self.machine(), self.pid(), 1).isGone()).isTrue();
        assertThat(new Owner("elsewhere", self.pid(), 1).isGone()).isFalse();
        assertThat(Owner.parse("something else")).isEmpty();
    }
}
