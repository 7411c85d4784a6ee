package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.TargetUnreachableException;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts go when, which of them may be missing, and where hooks run. */
class FleetRulesTest {
    private static final List<SshSettings.Host> HOSTS = List.of(
            new SshSettings.Host("app1", List.of("web"), false),
            new SshSettings.Host("app2", List.of("web", "db"), false),
            new SshSettings.Host("app3", List.of("db"), true));

    private final List<RemoteShell> shells =
            HOSTS.stream().map(host -> shell(host.host())).toList();

    /** A host that nothing connects to. */
    static RemoteShell shell(String host) {
        Connections none = new Connections(
                endpoint -> {
                    throw new IllegalStateException("nothing connects here");
                },
                Duration.ofSeconds(1));
        return new RemoteShell(HostAddress.parse(host), none, "/srv", Duration.ofSeconds(1));
    }

    private static List<Integer> sizes(int hosts, boolean gatekeeper, @Nullable String batches) {
        List<Integer> all = IntStream.range(0, hosts).boxed().toList();
        List<List<Integer>> waves = Waves.of(
                all,
                gatekeeper ? Optional.of(0) : Optional.empty(),
                Optional.ofNullable(batches).map(BatchSize::parse));
        assertThat(waves.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
        return waves.stream().map(List::size).toList();
    }

    @Test
    void waves_withoutBatches_areOne_orTheGatekeeperAndTheOthers() {
        assertThat(sizes(5, false, null)).containsExactly(5);
        assertThat(sizes(5, true, null)).containsExactly(1, 4);
        assertThat(sizes(1, true, null)).containsExactly(1);
    }

    @Test
    void waves_withBatches_haveSoManyHostsAndTheRestLast() {
        assertThat(sizes(5, false, "2")).containsExactly(2, 2, 1);
        assertThat(sizes(5, true, "2")).containsExactly(1, 2, 2);
        assertThat(sizes(3, false, "9")).containsExactly(3);
        assertThat(sizes(8, false, "25%")).containsExactly(2, 2, 2, 2);
        assertThat(sizes(8, true, "25%")).containsExactly(1, 2, 2, 2, 1);
    }

    @Test
    void waves_withAGatekeeperInTheMiddle_takeItOutOfItsPlace() {
        assertThat(Waves.of(List.of("a", "b", "c"), Optional.of("b"), Optional.empty()))
                .containsExactly(List.of("b"), List.of("a", "c"));
    }

    @ParameterizedTest
    @CsvSource({"25%, 8, 2", "25%, 9, 3", "25%, 3, 1", "1%, 10, 1", "100%, 7, 7", "33%, 3, 1", "34%, 3, 2", "4, 2, 4"})
    void batchSize_ofSomeHosts_isRoundedUp(String written, int hosts, int size) {
        assertThat(BatchSize.parse(written).of(hosts)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "abort, 0, 3, true",
        "abort, 1, 3, false",
        "skip 1, 1, 3, true",
        "skip 1, 2, 3, false",
        "skip 3, 2, 3, true",
        "skip 3, 3, 3, false"
    })
    void skipLimit_allowsSoMany_butNeverAll(String written, int unreachable, int all, boolean allowed) {
        assertThat(SkipLimit.parse(written).allows(unreachable, all)).isEqualTo(allowed);
    }

    private Outcomes<String> connecting(RuntimeException... failures) {
        return new Outcomes<>(IntStream.range(0, shells.size())
                .mapToObj(i -> new HostOutcome<>(
                        shells.get(i),
                        i < failures.length ? Optional.<String>empty() : Optional.of("there"),
                        i < failures.length ? Optional.of(failures[i]) : Optional.<RuntimeException>empty(),
                        Duration.ZERO))
                .toList());
    }

    @Test
    void reach_whenAHostIsDown_skipsIt_butNotOneThatRefuses() {
        TargetUnreachableException down =
                new TargetUnreachableException("app1: down", "", "app1", new HostDown("down", null));
        TargetUnreachableException wrong = new TargetUnreachableException("app1: wrong key", "");

        assertThat(Reach.toSkip(connecting(down), new SkipLimit(1)))
                .hasValueSatisfying(
                        skipped -> assertThat(skipped).containsOnly(Map.entry(shells.get(0), "app1: down")));
        assertThat(Reach.toSkip(connecting(down), new SkipLimit(0))).isEmpty();
        assertThat(Reach.toSkip(connecting(down, down), new SkipLimit(1))).isEmpty();
        assertThat(Reach.toSkip(connecting(wrong), new SkipLimit(1))).isEmpty();
        assertThat(Reach.toSkip(connecting(down, wrong), new SkipLimit(2))).isEmpty();
        assertThat(Reach.toSkip(connecting(), new SkipLimit(0))).hasValue(Map.of());
    }

    private static HookSettings hook(boolean once, String... roles) {
        return new HookSettings(
                Optional.of(HookPhase.ROLLOUT), Optional.empty(), "make", List.of(roles), once, Map.of(), false);
    }

    private List<String> chosen(HookSettings hook, List<RemoteShell> some) {
        return Roles.of(HOSTS).choose(hook, some).stream()
                .map(RemoteShell::label)
                .toList();
    }

    @Test
    void hook_runsOnTheHostsOfItsRoles() {
        assertThat(chosen(hook(false), shells)).containsExactly("app1", "app2", "app3");
        assertThat(chosen(hook(false, "web"), shells)).containsExactly("app1", "app2");
        assertThat(chosen(hook(false, "web", "db"), shells)).containsExactly("app1", "app2", "app3");
    }

    @Test
    void hook_thatRunsOnce_runsOnThePrimary_elseOnTheFirst() {
        assertThat(chosen(hook(true), shells)).containsExactly("app3");
        assertThat(chosen(hook(true, "web"), shells)).containsExactly("app1");
        assertThat(chosen(hook(true, "db"), shells)).containsExactly("app3");
        assertThat(chosen(hook(true, "db"), shells.subList(0, 2))).containsExactly("app2");
        assertThat(chosen(hook(true, "db"), shells.subList(0, 1))).isEmpty();
    }

    @Test
    void gatekeeper_isTheOneThatIsNamed_orTheFirstThatTakesPart() {
        assertThat(Gatekeeper.parse("false", HOSTS).among(shells)).isEmpty();
        assertThat(Gatekeeper.parse("true", HOSTS).among(shells)).contains(shells.get(0));
        assertThat(Gatekeeper.parse("app2", HOSTS).among(shells)).contains(shells.get(1));
        assertThat(Gatekeeper.parse("app2", HOSTS).among(shells.subList(2, 3))).contains(shells.get(2));
    }

    @Test
    void tally_ofAFleet_namesEveryHost_alsoTheOnesThatWereNeverReached() {
        Fleet fleet = new Fleet(shells, 1);
        fleet.skip(Map.of(shells.get(2), "app3: cannot connect"));
        Tally tally = new Tally(fleet);

        assertThat(fleet.shells()).extracting(RemoteShell::label).containsExactly("app1", "app2");
        tally.successes(
                new Outcomes<>(List.of(
                        new HostOutcome<>(shells.get(0), Optional.of("link"), Optional.empty(), Duration.ofMillis(7)))),
                State.SWITCHED,
                "serves 1");
        assertThat(tally.units())
                .extracting(UnitResult::unit, UnitResult::state, UnitResult::detail)
                .containsExactly(
                        tuple("app1", State.SWITCHED, "serves 1"),
                        tuple("app2", State.UNCHANGED, "not switched"),
                        tuple("app3", State.SKIPPED, "app3: cannot connect"));

        tally.failures(new Outcomes<>(List.of(new HostOutcome<>(
                shells.get(0), Optional.empty(), Optional.of(new IllegalStateException("sick")), Duration.ZERO))));
        assertThat(tally.units())
                .extracting(UnitResult::state)
                .containsExactly(State.FAILED, State.UNCHANGED, State.SKIPPED);
    }
}
