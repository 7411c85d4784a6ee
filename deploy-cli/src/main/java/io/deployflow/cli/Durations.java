package io.deployflow.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** A time as it is written in a deploy file: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}. */
final class Durations {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Durations() {}

    static Duration of(String text) {
        Matcher time = TIME.matcher(text);
        long number = time.matches() ? Long.parseLong(time.group(1)) : 0;
        if (number == 0) {
            throw new TypeConversionException("'" + text + "' is no time such as 30s, 10m or 2h");
        }
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
