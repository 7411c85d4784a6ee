package io.deployflow.ssh;

import io.deployflow.spi.InvalidSettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many hosts are switched at a time.
 *
 * @param number how many hosts, or how many percent of them
 * @param percent whether it is a percentage
 */
record BatchSize(int number, boolean percent) {
    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,5})(%?)");
    private static final int WHOLE = 100;

    /**
     * Reads {@code 4} or {@code 25%}.
     *
     * @throws InvalidSettingException if it is neither
     */
    static BatchSize parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        boolean right =
                written.matches() && (written.group(2).isEmpty() || Integer.parseInt(written.group(1)) <= WHOLE);
        SettingChecks.check(
                right, "batches", "must be how many hosts are switched at a time, such as 4 or 25%, is '" + text + "'");
        return new BatchSize(
                Integer.parseInt(written.group(1)), !written.group(2).isEmpty());
    }

    /** How many of some hosts that is: a part of a host counts as one, so that a fleet of any size gets through. */
    int of(int hosts) {
        return percent ? Math.max(1, (int) ((hosts * (long) number + WHOLE - 1) / WHOLE)) : number;
    }
}
