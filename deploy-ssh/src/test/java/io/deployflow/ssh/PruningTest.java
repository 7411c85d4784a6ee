package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Release.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return excess(state, state.live().orElseThrow().substring(13), Optional.empty(), keep);
    }

    private static SshRelease release(String number) {
        return new SshRelease("2026010100000" + number, "abc", Instant.EPOCH, "alice", State.STAGED);
    }

    /** What goes once a release is live. */
    private static List<String> excess(HostState before, String live, Optional<String> goBackTo, int keep) {
        return Pruning.excess(
                        before,
                        release(live),
                        goBackTo.map(number -> release(number).id()),
                        keep)
                .stream()
                .map(id -> id.substring(13))
                .toList();
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

    @Test
    void excess_ofANewRelease_keepsWhatItReplaced() {
        assertThat(excess(state("3", "1 good", "2 good", "3 good"), "4", Optional.empty(), 2))
                .containsExactly("1", "2");
        assertThat(excess(state("3", "1 good", "2 good", "3 staged"), "4", Optional.empty(), 2))
                .containsExactly("1");
    }

    @Test
    void excess_withOldFailures_takesThemBeforeGoodOnes_butForTheLast() {
        assertThat(excess(
                        state("6", "1 good", "2 failed", "3 good", "4 failed", "5 good", "6 good"),
                        "7",
                        Optional.empty(),
                        5))
                .containsExactly("2", "1");
    }

    @Test
    void excess_whereTheFleetWouldGoBackFurther_keepsThat() {
        assertThat(excess(state("3", "1 good", "2 good", "3 good"), "4", Optional.of("1"), 2))
                .containsExactly("2");
    }

    @Test
    void goBackTo_isTheNewestThatIsGoodOnEveryHost() {
        Map<RemoteShell, HostState> states = new LinkedHashMap<>();
        states.put(FleetRulesTest.shell("app1"), state("3", "1 good", "2 good", "3 good"));
        states.put(FleetRulesTest.shell("app2"), state("1", "1 good", "3 staged"));

        assertThat(Pruning.goBackTo(new FleetSurvey(states), release("4").id()))
                .contains(release("1").id());
        assertThat(Pruning.goBackTo(new FleetSurvey(states), release("1").id())).isEmpty();
    }
}
