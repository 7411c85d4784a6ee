package io.deployflow;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A command that is run once with a release of a target, beside what serves: as a task of its own, or in the release's
 * directory on one host.
 *
 * @param words one word is a shell command; several are a program and its arguments, which no shell takes apart
 * @param service which of the target's services it is a task of; by default the first. Only where a target has services
 * @param container the container whose command it takes the place of; by default the one that is deployed. Only where
 *     units are tasks
 * @param release the release to run it with, by its id or the beginning of its revision; by default the live one
 * @param environment more environment variables
 */
public record OneOffTask(
        List<String> words,
        Optional<String> service,
        Optional<String> container,
        Optional<String> release,
        Map<String, String> environment) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if there is no word
     */
    public OneOffTask {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(release, "release");
        if (words.isEmpty() || words.get(0).isBlank()) {
            throw new IllegalArgumentException("a command needs at least one word");
        }
    }

    /** With the live release. */
    public static OneOffTask of(String... words) {
        return new OneOffTask(List.of(words), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }
}
