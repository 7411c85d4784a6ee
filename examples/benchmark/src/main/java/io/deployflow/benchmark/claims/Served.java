package io.deployflow.benchmark.claims;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** What clients were served when a tool had ended. */
enum Served {
    /** At every address what it must be, each time. */
    WHAT_IT_MUST(1, "serves what it must"),
    /** At some address something else. */
    SOMETHING_ELSE(0, "DOES NOT SERVE WHAT IT MUST"),
    /** Some address answers with an error, or not at all. */
    NOTHING(-1, "SERVES NOTHING, OR AN ERROR");

    private static final int QUESTIONS = 6;

    private final double figure;
    private final String words;

    Served(double figure, String words) {
        this.figure = figure;
        this.words = words;
    }

    /** Asks an address for its greeting. */
    @FunctionalInterface
    interface Question {
        /** The answer's body; throws where there is none, or one that tells of an error. */
        String ask(URI address) throws IOException;
    }

    /** Asks each address several times: a load balancer has several units behind one. */
    static Served of(List<URI> addresses, String greeting, Question question) {
        Served served = WHAT_IT_MUST;
        for (int number = 0; number < QUESTIONS; number++) {
            for (URI address : addresses) {
                try {
                    if (!question.ask(address.resolve("/")).strip().equals(greeting)) {
                        served = SOMETHING_ELSE;
                    }
                } catch (IOException e) {
                    return NOTHING;
                }
            }
        }
        return served;
    }

    /** Among the figures. */
    double figure() {
        return figure;
    }

    /** For who watches. */
    String words() {
        return words;
    }
}
