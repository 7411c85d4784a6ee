package io.deployflow.compare;

import io.deployflow.ConfigurationException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is different from where a comparison was measured.
 *
 * @param units how many tasks or hosts each target has; empty for as many as it had
 * @param bandwidth bits a second from the machine that deploys to the targets; empty for as many as there were
 * @param roundTrip how much longer a question and its answer are on their way
 * @param awsDelays whether ECS and its load balancer wait as long as AWS does by default
 */
public record Conditions(Optional<Integer> units, Optional<Long> bandwidth, Duration roundTrip, boolean awsDelays) {
    private static final Pattern BANDWIDTH = Pattern.compile("([1-9][0-9]{0,5})([kMG])");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})ms");
    private static final long KILO = 1000;

    /** As it was measured. */
    public static final Conditions SAME = new Conditions(Optional.empty(), Optional.empty(), Duration.ZERO, false);

    /**
     * Reads {@code units=50,bandwidth=100M,rtt=50ms,delays=aws}, or some of that.
     *
     * @throws ConfigurationException if it is something else
     */
    public static Conditions parse(String text) {
        Conditions conditions = SAME;
        for (String part : text.split(",", -1)) {
            String[] words = part.split("=", 2);
            conditions = conditions.with(words[0], words.length == 2 ? words[1] : "", text);
        }
        return conditions;
    }

    private Conditions with(String key, String value, String text) {
        Matcher bits = BANDWIDTH.matcher(value);
        Matcher time = TIME.matcher(value);
        if (key.equals("units") && value.matches("[1-9][0-9]{0,4}")) {
            return new Conditions(Optional.of(Integer.parseInt(value)), bandwidth, roundTrip, awsDelays);
        } else if (key.equals("bandwidth") && bits.matches()) {
            return new Conditions(units, Optional.of(bitsASecond(bits)), roundTrip, awsDelays);
        } else if (key.equals("rtt") && time.matches()) {
            return new Conditions(units, bandwidth, Duration.ofMillis(Long.parseLong(time.group(1))), awsDelays);
        } else if (key.equals("delays") && value.equals("aws")) {
            return new Conditions(units, bandwidth, roundTrip, true);
        }
        throw new ConfigurationException(
                "'" + text + "' is nothing that can be predicted for",
                "Write some of units=50,bandwidth=100M,rtt=50ms,delays=aws, with commas.");
    }

    private static long bitsASecond(Matcher bits) {
        long number = Long.parseLong(bits.group(1));
        return switch (bits.group(2)) {
            case "k" -> number * KILO;
            case "M" -> number * KILO * KILO;
            default -> number * KILO * KILO * KILO;
        };
    }

    @Override
    public String toString() {
        return String.join(
                ", ",
                units.map(count -> count + (count == 1 ? " unit" : " units")).orElse("as many units"),
                bandwidth
                        .map(bits -> String.format(Locale.ROOT, "%.1f Mbit/s", (double) bits / KILO / KILO))
                        .orElse("the same bandwidth"),
                roundTrip.isZero() ? "the same round trip" : "a round trip " + roundTrip.toMillis() + " ms longer",
                awsDelays ? "AWS's default delays" : "the same delays of ECS");
    }
}
