package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees as Jackson's own mapper has them: an image's digest is that of the bytes. */
class JsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"text with \\\"quotes\\\", \\u00e4, \\ud83d\\ude00, \\t and \\u0000\"",
                "{ \"z\": 1, \"a\": [true, false, null, {}], \"\": { \"b\": { \"c\": [[]] } } }",
                "[0, -1, 2147483648, 9223372036854775808, 1.5, -0.0, 1e3, 1E400, 0.1]",
                "{\"twice\": 1, \"other\": 2, \"twice\": 3}",
                "[1] trailing"
            })
    void tree_isReadAndWritten_asTheMapperDoes(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        JsonNode tree = Json.read(bytes);

        assertThat(tree).isEqualTo(MAPPER.readTree(bytes));
        assertThat(new String(Json.bytes(tree), StandardCharsets.UTF_8))
                .isEqualTo(new String(MAPPER.writeValueAsBytes(MAPPER.readTree(bytes)), StandardCharsets.UTF_8));
    }

    @Test
    void nothing_isMissing() throws IOException {
        assertThat(Json.read(new byte[0]).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\" 1}", "<html>", "]", "{\"a\":}", "tru"})
    void text_thatIsNoJson_isRefused(String text) {
        assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
