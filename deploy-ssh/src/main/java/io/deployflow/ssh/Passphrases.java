package io.deployflow.ssh;

import io.deployflow.Secret;
import java.io.Console;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passphrases of private keys: the one that the settings give, else what a person types, asked once a key. */
final class Passphrases {
    private final Optional<Secret> given;
    private final Function<Path, Optional<Secret>> person;
    private final Map<Path, Optional<Secret>> typed = new HashMap<>();

    /**
     * Says where passphrases come from.
     *
     * @param given the one of the settings; if there is one, nobody is asked
     * @param person asks; empty where nobody is there
     */
    Passphrases(Optional<Secret> given, Function<Path, Optional<Secret>> person) {
        this.given = given;
        this.person = person;
    }

    /** Of the settings, else of whoever sits at the terminal. */
    static Passphrases of(Optional<Secret> given) {
        return new Passphrases(given, file -> ask(System.console(), file));
    }

    private static Optional<Secret> ask(@Nullable Console console, Path file) {
        char[] typed = console == null ? null : console.readPassword("Passphrase of %s: ", file);
        return typed == null || typed.length == 0 ? Optional.empty() : Optional.of(Secret.of(new String(typed)));
    }

    /** A key's passphrase, if there is any way to have it. */
    synchronized Optional<Secret> of(Path file) {
        return given.isPresent() ? given : typed.computeIfAbsent(file, person);
    }
}
