package io.deployflow;

import java.util.Locale;
import java.util.Objects;

/**
 * Something that must be so for a deploy to work, and whether it is.
 *
 * @param name what was looked at, such as {@code log group}
 * @param unit which one: its name, or the host
 * @param outcome whether it is as it must be
 * @param detail one line for people: what is there, or what is wrong
 * @param remedy how to mend it; empty where nothing is to be mended
 */
public record Check(String name, String unit, Outcome outcome, String detail, String remedy) {

    /** Whether it is so. */
    public enum Outcome {
        /** It is. */
        OK,
        /** It is not: a deploy would fail, or would not do what it should. */
        FAILED,
        /** It could not be looked at: out of reach, or not allowed. It may be as it must be, or not. */
        UNKNOWN;

        /** The word that people see: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that nothing is missing. */
    public Check {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** It is as it must be. */
    public static Check ok(String name, String unit, String detail) {
        return new Check(name, unit, Outcome.OK, detail, "");
    }

    /** It is not as it must be. */
    public static Check failed(String name, String unit, String detail, String remedy) {
        return new Check(name, unit, Outcome.FAILED, detail, remedy);
    }

    /** It could not be looked at. */
    public static Check unknown(String name, String unit, String detail, String remedy) {
        return new Check(name, unit, Outcome.UNKNOWN, detail, remedy);
    }
}
