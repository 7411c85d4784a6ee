package io.deployflow.ssh.capistrano;

import java.util.List;
import java.util.Map;

/** A value of Ruby that can be told without running it. */
sealed interface Value {
    /**
     * A string or a symbol, as deploy.yml has it: with {@code ${env:NAME}} for a variable of the environment.
     *
     * @param text what it says
     */
    record Text(String text) implements Value {}

    /**
     * A whole number.
     *
     * @param digits as written
     */
    record Digits(String digits) implements Value {}

    /**
     * true, false or nil.
     *
     * @param word which
     */
    record Flag(String word) implements Value {
        /** Whether a condition would take it for true. */
        boolean holds() {
            return word.equals("true");
        }
    }

    /**
     * An array.
     *
     * @param all what is in it
     */
    record Items(List<Value> all) implements Value {
        /** Copies the list. */
        public Items {
            all = List.copyOf(all);
        }
    }

    /**
     * A hash.
     *
     * @param entries in their order, by the text of their keys
     */
    record Table(Map<String, Value> entries) implements Value {}

    /**
     * What cannot be told without running it.
     *
     * @param why what is in the way
     */
    record Unknown(String why) implements Value {}

    /** How it reads in a list of words or in a string. */
    default String text() {
        if (this instanceof Text text) {
            return text.text();
        }
        return this instanceof Digits digits ? digits.digits() : this instanceof Flag flag ? flag.word() : "";
    }

    /** It, or what is in it. */
    default List<Value> items() {
        return this instanceof Items items ? items.all() : List.of(this);
    }
}
