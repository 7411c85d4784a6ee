package io.deployflow;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether an application says that it is down for maintenance, and what it says.
 *
 * @param on whether the page is up
 * @param reason why, in the page's words; plain text
 * @param until when it is over, in the page's words; plain text
 */
public record Maintenance(boolean on, Optional<String> reason, Optional<String> until) {

    /** Checks that nothing is missing. */
    public Maintenance {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
    }

    /** The page is to be up, with the words of its template. */
    public static Maintenance up() {
        return new Maintenance(true, Optional.empty(), Optional.empty());
    }

    /** The page is to be down. */
    public static Maintenance over() {
        return new Maintenance(false, Optional.empty(), Optional.empty());
    }
}
