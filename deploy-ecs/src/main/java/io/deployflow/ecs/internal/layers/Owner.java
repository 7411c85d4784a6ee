package io.deployflow.ecs.internal.layers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose files are, by number: what a name means only the base image's files could tell.
 *
 * @param user its number
 * @param group its number
 */
public record Owner(int user, int group) {
    /** Whose everything is that nothing is said of. */
    public static final Owner ROOT = new Owner(0, 0);

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?::(\\d{1,9}))?");

    /** Reads {@code 1000} or {@code 1000:50}; empty if it is neither. */
    public static Optional<Owner> parse(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int user = Integer.parseInt(matcher.group(1));
        return Optional.of(new Owner(user, matcher.group(2) == null ? user : Integer.parseInt(matcher.group(2))));
    }
}
