package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void wrapped_whenLinesAreTooLong_breaksThemAtBlanksAndKeepsTheirIndentation() {
        assertThat(Text.wrapped("one two three\n  four five six\nseven", 10))
                .containsExactly("one two", "three", "  four", "  five six", "seven");
    }

    @Test
    void wrapped_whenAWordIsTooLong_leavesItWhole() {
        assertThat(Text.wrapped("at\n  http://host/a/long/path next", 10))
                .containsExactly("at", "  http://host/a/long/path", "  next");
    }

    @Test
    void shortened_whenTooLong_endsInDots() {
        assertThat(Text.shortened("unhealthy", 9)).isEqualTo("unhealthy");
        assertThat(Text.shortened("unhealthy", 6)).isEqualTo("unhe..");
    }

    @Test
    void lines_whenTheLastCellIsTooLong_areCutToTheWidth() {
        assertThat(new Table().row("app1", "a long story").row("app22", "short").lines("  ", 16))
                .containsExactly("  app1   a lon..", "  app22  short");
    }
}
