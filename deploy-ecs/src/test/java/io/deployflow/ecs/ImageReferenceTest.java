package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "puma, '', puma, '', ''",
        "puma:1, '', puma, 1, ''",
        "team/puma:1, '', team/puma, 1, ''",
        "localhost/puma, localhost, puma, '', ''",
        "localhost:5000/puma, localhost:5000, puma, '', ''",
        "127.0.0.1:5000/a/b:v1, 127.0.0.1:5000, a/b, v1, ''",
        "1.dkr.ecr.eu-west-1.amazonaws.com/a/b, 1.dkr.ecr.eu-west-1.amazonaws.com, a/b, '', ''",
        "puma@sha256:ab, '', puma, '', sha256:ab",
        "host:5000/puma:1@sha256:ab, host:5000, puma, 1, sha256:ab"
    })
    void parse_findsEveryPart(String text, String registry, String path, String tag, String digest) {
        ImageReference reference = ImageReference.parse(text);

        assertThat(reference.registry().orElse("")).isEqualTo(registry);
        assertThat(reference.path()).isEqualTo(path);
        assertThat(reference.tag().orElse("")).isEqualTo(tag);
        assertThat(reference.digest().orElse("")).isEqualTo(digest);
        assertThat(reference).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "host:5000/"})
    void parse_withoutARepository_isRefused(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pinned_dropsTheTag() {
        assertThat(ImageReference.parse("host:5000/puma:1").pinned("sha256:ab"))
                .hasToString("host:5000/puma@sha256:ab");
    }
}
