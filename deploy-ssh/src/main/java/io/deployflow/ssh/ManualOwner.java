package io.deployflow.ssh;

import io.deployflow.spi.DeployContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Who did something by hand that stays on the hosts.
 *
 * @param person who
 * @param since since when, to the second
 * @param why what for, one line
 * @param token which of all that ever were it is
 */
record ManualOwner(String person, Instant since, String why, String token) {

    /** Who works now; without a reason, the words say that none was given. */
    static ManualOwner of(Optional<String> reason, DeployContext context) {
        // One line, and nothing in it that a terminal would take for a command.
        String why = reason.map(text -> text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip())
                .filter(text -> !text.isEmpty())
                .orElse("no reason given");
        Instant since = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new ManualOwner(context.person(), since, why, UUID.randomUUID().toString());
    }

    /** For people, one line. */
    String text() {
        return "%s since %s: %s".formatted(person, since, why);
    }
}
