package io.deployflow.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollerTest {
    private final Poller poller = Poller.every(Duration.ofMillis(1));

    @Test
    void ask_whenTheAnswerComesLater_asksUntilThen() {
        AtomicInteger questions = new AtomicInteger();

        Optional<Integer> answer = poller.ask(
                Duration.ofMinutes(1),
                CancellationToken.create(),
                () -> Optional.of(questions.incrementAndGet()).filter(count -> count == 3));

        assertThat(answer).contains(3);
    }

    @Test
    void ask_whenNoTimeIsGiven_asksOnce() {
        AtomicInteger questions = new AtomicInteger();

        Optional<Integer> answer = poller.ask(Duration.ZERO, CancellationToken.create(), () -> {
            questions.incrementAndGet();
            return Optional.empty();
        });

        assertThat(answer).isEmpty();
        assertThat(questions).hasValue(1);
    }

    @Test
    void ask_whenCancelledWhileItWaits_endsAtOnce() {
        CancellationToken token = CancellationToken.create();
        Poller patient = Poller.every(Duration.ofHours(1));

        assertThatThrownBy(() -> patient.ask(Duration.ofHours(1), token, () -> {
                    token.cancel();
                    return Optional.empty();
                }))
                .isInstanceOf(DeployCancelledException.class);
    }
}
