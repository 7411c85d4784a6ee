package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Release;
import io.deployflow.Release.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private final List<String> asked = new ArrayList<>();

    private record Known(String id, String revision, Instant createdAt, String createdBy, State state)
            implements Release {}

    private Stream<Known> releases(State... newestFirst) {
        return Stream.iterate(0, number -> number < newestFirst.length, number -> number + 1)
                .map(number -> {
                    String id = "app:" + (newestFirst.length - number);
                    asked.add(id);
                    return new Known(id, "a", Instant.EPOCH, "alice", newestFirst[number]);
                });
    }

    private List<String> read(Optional<String> to, State... newestFirst) {
        return Releases.asFarAsNeeded(releases(newestFirst), to).stream()
                .map(Known::id)
                .toList();
    }

    @Test
    void asFarAsNeeded_endsAtTheGoodReleaseBeforeTheLiveOne() {
        assertThat(read(Optional.empty(), State.GOOD, State.LIVE, State.FAILED, State.GOOD, State.GOOD, State.GOOD))
                .containsExactly("app:6", "app:5", "app:4", "app:3");
        assertThat(asked).hasSize(4);
    }

    @Test
    void asFarAsNeeded_endsAtTheReleaseThatIsNamed() {
        assertThat(read(Optional.of("app:2"), State.LIVE, State.GOOD, State.GOOD))
                .containsExactly("app:3", "app:2");
        assertThat(asked).hasSize(2);
    }

    @Test
    void asFarAsNeeded_whereThereIsNone_isAllOfThem() {
        assertThat(read(Optional.empty(), State.GOOD, State.STAGED, State.GOOD)).hasSize(3);
        assertThat(read(Optional.of("app:9"), State.LIVE, State.GOOD)).hasSize(2);
    }

    @Test
    void choose_whereAUnitServesAnOlderGoodReleaseStill_goesBackToThatOne() {
        assertThat(read(Optional.empty(), State.LIVE, State.LIVE, State.GOOD)).containsExactly("app:3", "app:2");
        List<Known> history = releases(State.LIVE, State.LIVE, State.GOOD).toList();

        assertThat(Releases.choose(history, Optional.empty(), "classic").id()).isEqualTo("app:2");
    }
}
