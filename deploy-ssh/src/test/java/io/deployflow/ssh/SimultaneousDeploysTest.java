package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People who deploy to the same hosts in the same moment: one of them does, and the others are told who. */
@Timeout(120)
class SimultaneousDeploysTest {
    private static final int ROUNDS = 3;
    private static final Duration FAR = Duration.ofMillis(300);

    @TempDir
    private Path temp;

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private LocalFleet fleet(String person, String... hosts) {
        LocalFleet fleet = new LocalFleet(temp, person, hosts).write("by " + person);
        fleet.settings.build = List.of("until [ -e " + Sh.quote(lostBy().toString()) + " ]; do sleep 0.05; done");
        return fleet;
    }

    /** Is there once one of them has lost: who has won builds until then, so that they are at it at the same time. */
    private Path lostBy() {
        return temp.resolve("lost");
    }

    /** Deploys all at once; the reports in the order in which they end. */
    private List<Report> race(LocalFleet... fleets) throws Exception {
        Files.deleteIfExists(lostBy());
        CyclicBarrier start = new CyclicBarrier(fleets.length);
        CompletionService<Report> race = new ExecutorCompletionService<>(executor);
        for (LocalFleet fleet : fleets) {
            race.submit(() -> {
                start.await();
                return fleet.deploy();
            });
        }
        List<Report> reports = new ArrayList<>();
        for (int ended = 1; ended <= fleets.length; ended++) {
            reports.add(race.take().get());
            if (ended == fleets.length - 1) {
                Files.createFile(lostBy());
            }
        }
        return reports;
    }

    private static String winner(List<Report> reports, LocalFleet fleet) throws IOException {
        assertThat(reports.subList(0, reports.size() - 1)).allSatisfy(lost -> {
            assertThat(lost.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(lost.failure().orElseThrow())
                    .isInstanceOf(TargetLockedException.class)
                    .hasMessageContaining("deploying shop to classic");
            assertThat(lost.release()).isEmpty();
            assertThat(lost.units()).isEmpty();
            assertThat(lost.warnings()).isEmpty();
        });
        Report won = reports.get(reports.size() - 1);
        assertThat(won.outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(won.warnings()).isEmpty();
        assertThat(won.units())
                .hasSize(fleet.settings.hosts.size())
                .extracting(UnitResult::state)
                .containsOnly(State.SWITCHED);
        return won.release().orElseThrow().id();
    }

    private static void assertWholeOn(LocalFleet fleet, List<String> releases) {
        assertThat(fleet.read("current/app.txt"))
                .containsOnly(fleet.read("current/app.txt").get(0));
        for (String host : fleet.settings.hosts) {
            assertThat(fleet.root(host).resolve("current")).isSymbolicLink();
            assertThat(fleet.root(host).resolve("current").toAbsolutePath()).exists();
            assertThat(fleet.names(host, "releases")).containsExactlyElementsOf(releases);
            assertThat(fleet.names(host, ".deployflow")).containsExactly("releases");
        }
    }

    @Test
    void deploy_ofThreeInTheSameMoment_isOne_andNothingOfTheOthersStays() throws Exception {
        String[] hosts = {"app3", "app1", "app2"};
        LocalFleet fleet = fleet("alice", hosts);
        List<String> releases = new ArrayList<>();
        try (fleet;
                LocalFleet bob = fleet("bob", hosts);
                LocalFleet carol = fleet("carol", hosts)) {
            for (int round = 0; round < ROUNDS; round++) {
                releases.add(winner(race(fleet, bob, carol), fleet));

                assertWholeOn(fleet, releases);
            }
        }
    }

    @Test
    void deploy_ofTwoThatReachTheHostsInTheOppositeOrder_isTheOneThatHadTheFirstHost() throws Exception {
        String[] hosts = {"app1", "app2", "app3"};
        try (LocalFleet near = fleet("alice", hosts);
                LocalFleet far = fleet("bob", hosts)) {
            Stream.of("app2", "app3").forEach(host -> near.distance.put(host, FAR));
            far.distance.put("app1", FAR);

            List<Report> reports = race(near, far);

            assertWholeOn(near, List.of(winner(reports, near)));
            assertThat(near.read("current/app.txt")).containsOnly("by alice");
            assertThat(reports.get(0).failure().orElseThrow()).hasMessageStartingWith("app1: locked by alice since");
        }
    }

    @Test
    void deploy_ofTwoTargetsThatShareHosts_isOneAtMost_andLeavesNothingLocked() throws Exception {
        try (LocalFleet some = fleet("alice", "app1", "app2");
                LocalFleet others = fleet("bob", "app2", "app3")) {
            some.distance.put("app2", FAR);
            others.distance.put("app3", FAR);

            List<Report> reports = race(some, others);

            assertThat(reports).extracting(Report::outcome).containsOnlyOnce(Outcome.DEPLOYED);
            assertThat(some.isFree() && others.isFree()).isTrue();
            assertThat(some.deploy().outcome()).isEqualTo(Outcome.DEPLOYED);
        }
    }
}
