package io.deployflow.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that a team does with a target, in the order in which a comparison does it. */
public enum Scenario {
    /** The first deploy of the comparison: whatever the target does not have yet has to go there. Once, unwarmed. */
    FIRST("first deploy", "the first deploy of this comparison", false),
    /** The release that serves, deployed once more. */
    NONE("no change", "a deploy of what serves already", false),
    /** A typo mended. */
    CHANGE("one-word change", "a deploy after one word was changed in one file", false),
    /** Another lock file. */
    DEPENDENCY("dependency change", "a deploy after the file was changed that names the dependencies", false),
    /** Back to the release before. */
    ROLLBACK("rollback", "back to the release before", false),
    /** A release that fails its health check: the time until what served before serves again. */
    BROKEN("broken release", "a release that fails, until what served before serves again", true),
    /** One task or host more. */
    SCALE("one unit more", "one task or host more, until it serves", false);

    private final String title;
    private final String meaning;
    private final boolean mustFail;

    Scenario(String title, String meaning, boolean mustFail) {
        this.title = title;
        this.meaning = meaning;
        this.mustFail = mustFail;
    }

    /** The one of a word. */
    public static Optional<Scenario> of(String word) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.word().equals(word))
                .findFirst();
    }

    /** As it is written on the command line: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** What is done and timed. */
    public String meaning() {
        return meaning;
    }

    /** Whether the release must be taken back, rather than serve in the end. */
    public boolean mustFail() {
        return mustFail;
    }
}
