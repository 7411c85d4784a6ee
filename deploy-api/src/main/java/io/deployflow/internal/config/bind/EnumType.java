package io.deployflow.internal.config.bind;

import io.deployflow.internal.config.text.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of a few words.
 *
 * @param type the enum; its constants are written in lower case
 */
public record EnumType(Class<? extends Enum<?>> type) implements ScalarType {

    /** Every word, in the enum's order. */
    public List<String> choices() {
        return constants().map(EnumType::word).toList();
    }

    @Override
    public String words() {
        return choices().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" or "));
    }

    @Override
    public Optional<?> parse(String text) {
        return constants().filter(constant -> word(constant).equals(text)).findFirst();
    }

    @Override
    public String hint(String text) {
        return new Suggestions(choices()).didYouMean(text);
    }

    private Stream<? extends Enum<?>> constants() {
        return Arrays.stream(type.getEnumConstants());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
