package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import io.deployflow.event.DeployEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollback that was killed between its switch and its checks, while a host that both it and the deploy before had to
 * go without serves what it went to: that host says nothing of the others.
 */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class KilledRollbackTest {
    private static final String AWAY = "app3";

    /** What a host's application does: it serves what it was started with. */
    private static final String PROCESS = "serving";

    private LocalFleet fleet;
    private String one;
    private String two;

    @BeforeEach
    void killTheRollback(@TempDir Path temp) {
        fleet = new LocalFleet(temp, "alice", "app1", "app2", AWAY);
        fleet.settings.onUnreachable = "skip 1";
        fleet.settings.restart = "cp app.txt ../../" + PROCESS;
        fleet.settings.health = TestSettings.command("[ ! -e ../../sick ] && cmp app.txt ../../" + PROCESS, 1);
        one = fleet.deploy().orThrow().release().orElseThrow().id();
        fleet.down(AWAY);
        fleet.write("two");
        two = fleet.deploy().orThrow().release().orElseThrow().id();
        AtomicInteger switched = new AtomicInteger();
        fleet.onEvent = event -> {
            if (event instanceof DeployEvent.UnitChanged changed
                    && changed.state().equals("switched")
                    && switched.incrementAndGet() == 2) {
                fleet.kill();
            }
        };
        fleet.deployer().rollback("classic");
        fleet.onEvent = event -> {};
        fleet.settings.hosts.forEach(fleet::up);
        await().until(fleet::isFree);
        assertThat(fleet.read("current/app.txt")).containsOnly("one");
        assertThat(fleet.read(PROCESS)).containsExactly("two", "two", "one");
    }

    @AfterEach
    void end() {
        fleet.close();
    }

    @Test
    void rollback_onceMore_takesItBackFirst_andThenRestartsAndJudgesEveryHost() {
        Report report = fleet.deployer().rollback("classic").orThrow();

        assertThat(report.warnings())
                .containsExactlyInAnyOrder(
                        "app1: a deploy of " + one + " had been cut short in its switch; serves again releases/" + two,
                        "app2: a deploy of " + one + " had been cut short in its switch; serves again releases/" + two);
        assertThat(report.release().orElseThrow().id()).isEqualTo(one);
        assertThat(report.units()).extracting(UnitResult::state).containsOnly(State.SWITCHED);
        assertThat(fleet.read("current/app.txt")).containsOnly("one");
        assertThat(fleet.read(PROCESS)).containsOnly("one");
        assertThat(fleet.deployer().status("classic").whole()).isTrue();
    }

    @Test
    void rollback_onceMore_whereAHostIsSickMeanwhile_doesNotTakeItForJudged() throws IOException {
        Files.createFile(fleet.root("app2").resolve("sick"));

        Report report = fleet.deployer().rollback("classic");

        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("app2: ")
                .hasMessageContaining("not healthy");
        assertThat(fleet.read("current/app.txt")).containsExactly("two", "two", "one");
    }

    @Test
    void deploy_afterIt_beginsWithWhatEachHostServedBefore() {
        fleet.write("three");

        Report report = fleet.deploy().orThrow();

        assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(report.warnings()).hasSize(2).allMatch(warning -> warning.endsWith("serves again releases/" + two));
        assertThat(fleet.read(PROCESS)).containsOnly("three");
    }
}
