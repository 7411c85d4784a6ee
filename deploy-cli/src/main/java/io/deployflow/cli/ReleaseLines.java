package io.deployflow.cli;

import io.deployflow.Release;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Releases in words. */
final class ReleaseLines {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int REVISION_DIGITS = 10;

    private ReleaseLines() {}

    /** A table, in the order given. */
    static List<String> of(String target, List<Release> releases, Style style) {
        if (releases.isEmpty()) {
            return List.of(target + " has no releases");
        }
        Table table = new Table().row("RELEASE", "REVISION", "STATE", "PUSHED", "BY");
        for (Release release : releases) {
            table.row(
                    release.id(),
                    revision(release),
                    state(release.state(), style),
                    time(release.createdAt()),
                    release.createdBy());
        }
        return table.lines("", style.width());
    }

    /** One release in one line. */
    static String of(Release release) {
        return release.id() + " (revision " + revision(release) + ", pushed " + time(release.createdAt()) + " by "
                + release.createdBy() + ")";
    }

    /** Enough of the revision for a person. */
    static String revision(Release release) {
        String revision = release.revision();
        return revision.substring(0, Math.min(REVISION_DIGITS, revision.length()));
    }

    /** To the minute. */
    static String time(Instant instant) {
        return MINUTE.format(instant);
    }

    private static String state(Release.State state, Style style) {
        String word = state.name().toLowerCase(Locale.ROOT);
        return switch (state) {
            case LIVE -> style.green(word);
            case FAILED, BROKEN -> style.red(word);
            case GOOD, STAGED -> word;
        };
    }
}
