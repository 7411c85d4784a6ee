package io.deployflow.ecs;

import io.deployflow.DeployException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a prediction takes for granted: among it what could not be read. */
final class Assumptions {
    private final List<String> all = new ArrayList<>();

    /** Takes something for granted. */
    void add(String assumption) {
        all.add(assumption);
    }

    /**
     * Asks AWS; an answer that cannot be had is no reason to do without a prediction.
     *
     * @param call its IAM name
     * @param otherwise what is assumed where there is no answer
     * @param meaning the same in words
     */
    <T> T ask(String call, Supplier<T> request, T otherwise, String meaning) {
        try {
            return AwsErrors.reading(call, request);
        } catch (DeployException e) {
            add(meaning + ", for " + e.getMessage());
            return otherwise;
        }
    }

    /** Each once, in order. */
    List<String> all() {
        return all.stream().distinct().toList();
    }
}
