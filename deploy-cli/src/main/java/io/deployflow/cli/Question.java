package io.deployflow.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** Asks the person at the terminal. */
@FunctionalInterface
interface Question {
    /** Whether it was answered with yes; empty where nobody can be asked. */
    Optional<Boolean> ask(String question);

    /** At the process's own terminal, if a person is there. */
    static Question at(Terminal terminal) {
        return question -> terminal.interactive()
                ? Optional.ofNullable(System.console()).map(console -> isYes(console, question))
                : Optional.empty();
    }

    private static boolean isYes(Console console, String question) {
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
