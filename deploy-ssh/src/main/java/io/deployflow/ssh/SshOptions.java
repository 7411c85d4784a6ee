package io.deployflow.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ssh_config says of one host.
 *
 * @param values by keyword in lower case; several where ssh keeps several, otherwise the one that counts
 */
record SshOptions(Map<String, List<String>> values) {
    /** Nothing is said. */
    static final SshOptions NONE = new SshOptions(Map.of());

    private static final Pattern TIME = Pattern.compile("(\\d+)([smhdw]?)");

    SshOptions {
        values = Map.copyOf(values);
    }

    /** What {@code ssh -G} printed. */
    static SshOptions of(List<String> lines) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space > 0) {
                String keyword = line.substring(0, space).toLowerCase(Locale.ROOT);
                String value = line.substring(space + 1).strip();
                values.computeIfAbsent(keyword, key -> new ArrayList<>())
                        .addAll(keyword.endsWith("knownhostsfile") ? List.of(value.split("\\s+", -1)) : List.of(value));
            }
        }
        return new SshOptions(values);
    }

    /** All values of a keyword. */
    List<String> all(String keyword) {
        return values.getOrDefault(keyword, List.of());
    }

    /** The value of a keyword, unless it is not said or says {@code none}. */
    Optional<String> one(String keyword) {
        return all(keyword).stream().findFirst().filter(value -> !value.equalsIgnoreCase("none"));
    }

    /** Whether a keyword says yes. */
    boolean isYes(String keyword) {
        return one(keyword)
                .filter(value -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true"))
                .isPresent();
    }

    /** A keyword's time, such as {@code 90}, {@code 10s} or {@code 1m30s}; none where it is 0. */
    Optional<Duration> time(String keyword) {
        return one(keyword)
                .map(SshOptions::seconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }

    private static long seconds(String text) {
        Matcher part = TIME.matcher(text.toLowerCase(Locale.ROOT));
        long seconds = 0;
        while (part.find()) {
            seconds += Long.parseLong(part.group(1)) * unit(part.group(2));
        }
        return seconds;
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            case "w" -> 604_800;
            default -> 1;
        };
    }
}
