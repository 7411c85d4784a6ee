package io.deployflow.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void accept_whenALineNeverEnds_cutsItWithoutHurtingACharacter() {
        String text = "é".repeat(30_000);
        feed(new OutputLines(new SecretMask(List.of()), lines::add), text, 1000);

        assertThat(String.join("", lines)).isEqualTo(text);
        assertThat(lines).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 20_000);
    }

    @Test
    void accept_whenASecretIsCutAnywhere_hidesIt() {
        for (int before = 16_300; before < 16_420; before++) {
            lines.clear();
            OutputLines output = new OutputLines(new SecretMask(List.of(Secret.of("opensesame"))), lines::add);
            feed(output, "x".repeat(before) + "opensesame" + "y".repeat(20_000), 777);

            assertThat(String.join("", lines)).doesNotContain("open", "same").contains("***");
        }
    }

    @Test
    void accept_whenASecretHasSeveralLines_hidesEach() {
        OutputLines output = new OutputLines(new SecretMask(List.of(Secret.of("first\nsecond\n"))), lines::add);
        feed(output, "a first b\nsecond\n\nplain", 3);

        assertThat(lines).containsExactly("a *** b", "***", "", "plain");
    }

    private static void feed(OutputLines output, String text, int chunk) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += chunk) {
            int count = Math.min(chunk, bytes.length - from);
            byte[] piece = new byte[chunk];
            System.arraycopy(bytes, from, piece, 0, count);
            output.accept(piece, count);
        }
        output.end();
    }
}
