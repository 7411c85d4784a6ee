package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTagTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"gems", "gems-x86_64-0a1b", "branch/with $ and ü", "a-0123456789abcdef-1772359200", "."})
    void tag_ofAnyKey_isOneThatRegistriesTake_andIsReadAgain(String key) {
        CacheTag tag = CacheTag.of(key, AT);

        assertThat(tag.toString()).matches("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
        assertThat(CacheTag.parse(tag.toString())).contains(tag);
        assertThat(tag.isOf(key)).isTrue();
        assertThat(tag.isOf(key + " ")).isFalse();
        assertThat(tag.mayBeginWith(key.substring(0, 1))).isTrue();
    }

    @Test
    void tag_ofALongKey_isShort_andStillFoundByAnyBeginning() {
        String key = "k".repeat(500) + "!";
        CacheTag tag = CacheTag.of(key, AT);

        assertThat(tag.toString()).hasSizeLessThan(128);
        assertThat(tag.mayBeginWith("k".repeat(400))).isTrue();
        assertThat(tag.mayBeginWith("kj")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "cache-", "cache-gems-0123-1772359200", "20260301-0a1b2c3"})
    void parse_ofAnotherTag_isEmpty(String tag) {
        assertThat(CacheTag.parse(tag)).isEmpty();
    }
}
