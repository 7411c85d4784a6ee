package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PruningTest {

    private static HostState state(String live, String... releases) {
        return HostState.parse(Stream.concat(
                        Stream.of("current releases/2026010100000" + live),
                        Stream.of(releases).map(text -> "release 2026010100000" + text + " abc - alice"))
                .toList());
    }

    private static List<String> excess(HostState state, int keep) {
        return Pruning.excess(state, keep).stream().map(id -> id.substring(13)).toList();
    }

    @Test
    void excess_ofGoodReleases_isTheOldest() {
        assertThat(excess(state("4", "1 good", "2 good", "3 good", "4 good"), 2))
                .containsExactly("1", "2");
    }

    @Test
    void excess_whenFewReleasesAreThere_isNothing() {
        assertThat(excess(state("2", "1 good", "2 good"), 5)).isEmpty();
    }

    @Test
    void excess_whenSomeNeverServed_takesThoseFirst() {
        assertThat(excess(state("4", "1 good", "2 good", "3 staged", "4 good"), 3))
                .containsExactly("3");
    }

    @Test
    void excess_whenOnlyFailuresCameBetween_keepsTheLastGoodOne() {
        assertThat(excess(state("4", "1 good", "2 failed", "3 failed", "4 good"), 2))
                .containsExactly("2", "3");
    }

    @Test
    void excess_afterARollback_keepsWhatIsLiveAndTheGoodOnesAroundIt() {
        assertThat(excess(state("2", "1 good", "2 good", "3 failed", "4 good"), 2))
                .containsExactly("3");
    }
}
