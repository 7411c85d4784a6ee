package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void colours_whenNoColorIsSet_areOff() {
        assertThat(CliRun.onTerminal().terminal().colours()).isTrue();
        assertThat(CliRun.onTerminal().with("NO_COLOR", "1").terminal().colours())
                .isFalse();
        assertThat(CliRun.onTerminal().with("NO_COLOR", "").terminal().colours())
                .isTrue();
        assertThat(CliRun.piped().terminal().colours()).isFalse();
    }

    @Test
    void redraws_whenTheTerminalIsDumb_doesNot() {
        assertThat(CliRun.onTerminal().with("TERM", "dumb").terminal().redraws())
                .isFalse();
    }

    @Test
    void width_whenColumnsIsSet_followsIt() {
        assertThat(CliRun.piped().terminal().width()).isEqualTo(80);
        assertThat(CliRun.piped().with("COLUMNS", "132").terminal().width()).isEqualTo(132);
        assertThat(CliRun.piped().with("COLUMNS", "7").terminal().width()).isEqualTo(40);
        assertThat(CliRun.piped().with("COLUMNS", "wide").terminal().width()).isEqualTo(80);
    }
}
