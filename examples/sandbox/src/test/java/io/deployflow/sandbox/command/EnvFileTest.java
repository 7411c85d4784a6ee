package io.deployflow.sandbox.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFileTest {
    @Test
    void text_whenAValueHasQuotes_keepsItOneShellWord() {
        assertThat(new EnvFile(Map.of("B", "it's", "A", "1")).text()).isEqualTo("export A='1'\nexport B='it'\\''s'\n");
    }
}
