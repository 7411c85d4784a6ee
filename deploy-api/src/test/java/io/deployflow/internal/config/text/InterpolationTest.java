package io.deployflow.internal.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
    private final Interpolation interpolation =
            new Interpolation(Map.of("NAME", "value", "EMPTY", "", "NESTED", "${env:NAME}", "DOLLAR", "$1\\")::get);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "plain, plain",
                "${env:NAME}, value",
                "a${env:NAME}b${env:NAME}, avaluebvalue",
                "[${env:EMPTY}], []",
                "$${env:NAME}, ${env:NAME}",
                "$$${env:NAME}, $${env:NAME}",
                "kill ${PID} $HOME $(id), kill ${PID} $HOME $(id)",
                "${env:NESTED}, ${env:NAME}",
                "${env:DOLLAR}, $1\\"
            })
    void apply_whenVariablesAreSet_replacesThemOnce(String text, String expected) {
        assertThat(interpolation.apply(text).text()).isEqualTo(expected);
        assertThat(interpolation.apply(text).problems()).isEmpty();
    }

    @Test
    void apply_whenVariablesAreNotSet_namesEach() {
        assertThat(interpolation.apply("${env:A} ${env:NAME} ${env:B}").problems())
                .containsExactly("environment variable 'A' is not set", "environment variable 'B' is not set");
    }

    @Test
    void apply_whenMarkIsMalformed_showsIt() {
        assertThat(interpolation.apply("${env:NAME").problems()).containsExactly("'${env:NAME' has no closing '}'");
        assertThat(interpolation.apply("${env:}").problems()).containsExactly("'${env:}' does not name a variable");
        assertThat(interpolation.apply("${env:A B}").problems())
                .containsExactly("'${env:A B}' does not name a variable");
    }
}
