package io.deployflow.flow;

import io.deployflow.spi.Setting;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cache that is put back where it was saved.
 *
 * @param key the key that it was saved with, or how that begins; the newest that fits is taken
 * @param fallback other keys, tried in this order where there is none of the first
 */
public record RestoreCacheSettings(
        @Setting(
                value = "The key, or how it begins: {{ checksum \"FILE\" }}, {{ branch }}, {{ arch }}, {{ epoch }}.",
                required = true,
                shorthand = true)
        String key,

        @Setting("Other keys, tried in this order.") List<String> fallback) {
    /** Copies the list. */
    public RestoreCacheSettings {
        fallback = List.copyOf(fallback);
    }

    /** All keys, in their order. */
    public List<String> keys() {
        return Stream.concat(Stream.of(key), fallback.stream()).toList();
    }
}
