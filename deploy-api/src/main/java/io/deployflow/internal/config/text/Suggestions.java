package io.deployflow.internal.config.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The words that would have been right.
 *
 * @param known in the order in which they are listed
 */
public record Suggestions(List<String> known) {
    /** One letter in three may be wrong. */
    private static final int LETTERS_A_MISTAKE = 3;

    /** Copies the words. */
    public Suggestions {
        known = List.copyOf(known);
    }

    /** The words of a collection, sorted. */
    public static Suggestions among(Collection<String> known) {
        return new Suggestions(known.stream().sorted().toList());
    }

    /** The known word that is most like another, if one is like it at all. */
    public Optional<String> nearest(String word) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= allowed(word, candidate))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** {@code ; did you mean 'hosts'?}, or nothing if no known word is like it. */
    public String didYouMean(String word) {
        return nearest(word).map(nearest -> "; did you mean '" + nearest + "'?").orElse("");
    }

    /** Every known word: {@code 'ecs', 'ssh'}. */
    public String list() {
        return known.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
    }

    private static int allowed(String word, String candidate) {
        int shorter = Math.min(word.length(), candidate.length());
        return Math.min(shorter - 1, Math.max(1, candidate.length() / LETTERS_A_MISTAKE));
    }

    private static int distance(String one, String other) {
        return EditDistance.between(plain(one), plain(other));
    }

    /** So that {@code deployTo} and {@code deploy-to} are {@code deploy_to}. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}
