package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedTest {
    private static final URI ONE = URI.create("http://one");
    private static final URI OTHER = URI.create("http://other");

    private static Served served(Served.Question question) {
        return Served.of(List.of(ONE, OTHER), "Hello", question);
    }

    @Test
    void of_whatIsSaidEverywhere_isWhatItMust() {
        assertThat(served(address -> "Hello\n")).isEqualTo(Served.WHAT_IT_MUST);
    }

    @Test
    void of_whatOneAddressSaysElse_isSomethingElse() {
        assertThat(served(address -> address.getHost().equals("one") ? "Hello" : "Bye"))
                .isEqualTo(Served.SOMETHING_ELSE);
    }

    @Test
    void of_whatDoesNotAnswer_isNothing_whateverElseAnswers() {
        assertThat(served(address -> {
                    if (address.getHost().equals("one")) {
                        return "Bye";
                    }
                    throw new IOException("connection refused");
                }))
                .isEqualTo(Served.NOTHING);
    }
}
