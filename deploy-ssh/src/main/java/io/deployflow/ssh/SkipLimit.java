package io.deployflow.ssh;

import io.deployflow.spi.InvalidSettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many hosts a deploy may go without.
 *
 * @param hosts 0 for none
 */
record SkipLimit(int hosts) {
    private static final Pattern WRITTEN = Pattern.compile("abort|skip +([1-9][0-9]{0,5})");

    /**
     * Reads {@code abort} or {@code skip N}.
     *
     * @throws InvalidSettingException if it is neither
     */
    static SkipLimit parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        SettingChecks.check(
                written.matches(), "on_unreachable", "must be abort, or skip N such as skip 2, is '" + text + "'");
        return new SkipLimit(written.group(1) == null ? 0 : Integer.parseInt(written.group(1)));
    }

    /** Whether a deploy goes on without some hosts: never without all. */
    boolean allows(int unreachable, int all) {
        return unreachable <= hosts && unreachable < all;
    }
}
