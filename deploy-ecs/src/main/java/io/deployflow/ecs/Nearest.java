package io.deployflow.ecs;

import io.deployflow.DeployException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Finds the name that a mistyped one was meant to be. */
final class Nearest {
    private static final int NAMED = 20;

    private Nearest() {}

    /** The one whose name differs in the fewest letters, if that is less than half of them. */
    static <T> Optional<String> to(String wanted, Collection<T> there, Function<T, String> name) {
        return there.stream()
                .map(name)
                .min(Comparator.comparingInt(one -> distance(wanted, one)))
                .filter(one -> distance(wanted, one) * 2 < Math.max(wanted.length(), one.length()) + 1);
    }

    /**
     * A remedy that names the nearest, or all there are, or some where they are many; where they cannot be listed, it
     * does without.
     *
     * @param list asks AWS for the names there are
     */
    static String remedy(String key, String wanted, Supplier<List<String>> list) {
        try {
            return remedy(key, wanted, list.get());
        } catch (DeployException e) {
            if (e.getCause() instanceof AwsServiceException cause && AwsErrors.isUnavailable(cause)) {
                return "Check '" + key + "'; which there are may not be listed with these credentials.";
            }
            return "Check '" + key + "'; which there are is not known: " + e.getMessage();
        }
    }

    private static String remedy(String key, String wanted, List<String> there) {
        return to(wanted, there, Function.identity())
                .map(near -> "Did you mean '" + key + ": " + near + "'?")
                .orElse(
                        there.isEmpty()
                                ? "There is none in this account and region: check 'region' and the credentials."
                                : "Set '" + key + "' to one of: " + some(there) + ".");
    }

    private static String some(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }

    /** Levenshtein's distance, one row at a time. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
