package io.deployflow.benchmark.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RenamingTest {
    @Test
    void apply_whereverTheWordIsCut_replacesItAndHoldsNothingBack() {
        String text = "cd /x/host-self/hhost-self; echo host-other h";
        for (int cut = 0; cut < text.length(); cut++) {
            Renaming renaming = new Renaming("host-self", "host-0042");

            String passed = pass(renaming, text.substring(0, cut)) + pass(renaming, text.substring(cut));

            assertThat(passed).isEqualTo("cd /x/host-0042/hhost-0042; echo host-other h");
        }
    }

    @Test
    void renaming_whenTheLengthWouldChange_isRefused() {
        assertThatThrownBy(() -> new Renaming("host-self", "host-42")).hasMessageContaining("same length");
    }

    private static String pass(Renaming renaming, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
        renaming.apply(bytes, bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
