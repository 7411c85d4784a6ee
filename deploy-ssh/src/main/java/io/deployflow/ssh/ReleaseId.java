package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Comparator;

/** Ids of releases: the UTC time of their push as {@code yyyyMMddHHmmss}, so that sorting them sorts by age. */
final class ReleaseId {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private ReleaseId() {}

    /** Whether a name below {@code releases/} is a release's; anything else there is not ours. */
    static boolean isOne(String name) {
        return name.matches("\\d{14}");
    }

    /**
     * An id for a release that is made now: greater than every id there is, also where the clock of the machine that
     * made the last one was ahead.
     *
     * @throws ConfigurationException if none can be greater
     */
    static String next(Instant now, Collection<String> existing) {
        String fromClock = FORMAT.format(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
        String last = existing.stream()
                .filter(ReleaseId::isOne)
                .max(Comparator.naturalOrder())
                .orElse("");
        String next = fromClock.compareTo(last) > 0 ? fromClock : after(last);
        if (!isOne(next)) {
            throw new ConfigurationException(
                    "no release can come after releases/" + last + ": ids are ordered, and this is the last one",
                    "Move that directory away on the hosts that have it.");
        }
        return next;
    }

    private static String after(String id) {
        try {
            return FORMAT.format(LocalDateTime.parse(id, FORMAT).plusSeconds(1));
        } catch (DateTimeParseException e) {
            // Fourteen digits that are no time: some other tool's numbering, but still to be exceeded.
            return String.format("%014d", Long.parseLong(id) + 1);
        }
    }

    /** When a release with this id was made, as far as its id tells. */
    static Instant time(String id) {
        try {
            return LocalDateTime.parse(id, FORMAT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
