package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.PushException;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.RolloutException;
import io.deployflow.Secret;
import io.deployflow.Status;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitResult;
import io.deployflow.UnitResult.State;
import io.deployflow.event.DeployEvent;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fleet of real hosts that is switched in waves: what fails in one wave is taken back in all. */
class FleetIT extends RealHosts {
    // Each host serves until its own file says that it is sick; the release before is never sick.
    private static final String HEALTHY = "grep -q one app.txt || [ ! -e /tmp/sick ]";

    private void once(Predicate<DeployEvent> when, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        story.onEvent = event -> {
            if (when.test(event) && done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    private Predicate<DeployEvent> healthy(int host) {
        return event -> event instanceof DeployEvent.UnitChanged changed
                && changed.state().equals("healthy")
                && changed.unit().equals(story.label(host));
    }

    private List<String> unitsThatWere(String state) {
        return story.events.stream()
                .filter(DeployEvent.UnitChanged.class::isInstance)
                .map(DeployEvent.UnitChanged.class::cast)
                .filter(changed -> changed.state().equals(state))
                .map(DeployEvent.UnitChanged::unit)
                .toList();
    }

    private void describe(int host, boolean primary, String... roles) {
        String address = story.settings.hosts.get(host);
        Map<String, SshSettings.Host> described = new HashMap<>(story.settings.described);
        described.put(address, new SshSettings.Host(address, List.of(roles), primary));
        story.settings.described = described;
    }

    private static HookSettings hook(
            @Nullable HookPhase before, @Nullable HookPhase after, String run, boolean once, String... roles) {
        return new HookSettings(
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                run,
                List.of(roles),
                once,
                Map.of("PASSWORD", Secret.of("it's s3cret")),
                false);
    }

    @Test
    void deploy_whenTheSecondBatchIsUnhealthy_restoresTheFirst_andNeverTouchesTheThird() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.on(1, "touch /tmp/sick");
        story.settings.batches = "1";
        story.settings.health = TestSettings.command(HEALTHY, 1);
        story.settings.restart = "echo restarted with $(cat app.txt)";
        story.events.clear();

        Report report = story.deploy();

        story.on(1, "rm /tmp/sick");
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining(story.label(1) + ": not healthy within 1 s");
        assertThat(report.units())
                .extracting(UnitResult::state)
                .containsExactly(State.RESTORED, State.RESTORED, State.UNCHANGED);
        assertThat(unitsThatWere("switched")).containsExactly(story.label(0), story.label(1));
        assertThat(story.events)
                .filteredOn(event -> event instanceof DeployEvent.Output output
                        && output.unit().equals(story.label(0)))
                .extracting(event -> ((DeployEvent.Output) event).line())
                .containsExactly("restarted with two", "restarted with one");
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.deployer().status("classic").whole()).isTrue();
    }

    @Test
    void deploy_cancelledInAHook_leavesTheHostLockedUntilTheHookHasEnded() {
        String run = "echo begun; until [ -e ../../go ]; do sleep 0.1; done; echo on; echo on; : > ../../ended";
        story.settings.hooks = List.of(hook(HookPhase.ROLLOUT, null, run, true));
        CancellationToken token = CancellationToken.create();
        once(event -> event instanceof DeployEvent.Output && event.phase() == Phase.ROLLOUT, token::cancel);

        Report cancelled = story.deploy(token);

        assertThat(cancelled.failure()).containsInstanceOf(DeployCancelledException.class);
        assertThat(cancelled.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(cancelled.warnings())
                .containsExactly("hook '%s' may still be running on %s; the host stays locked until it has ended"
                        .formatted(run, story.label(0)));
        story.settings.hooks = List.of();
        assertThat(story.deploy().failure().orElseThrow())
                .isInstanceOf(TargetLockedException.class)
                .hasMessageContaining(story.label(0) + ": locked by alice@laptop since")
                .hasMessageContaining(", a hook of which is running");

        story.on(0, "touch " + story.settings.deployTo + "/go");

        await().until(() -> story.deploy().outcome() == Outcome.DEPLOYED);
        assertThat(story.on(
                        0, "ls -A " + story.settings.deployTo + "/ended " + story.settings.deployTo + "/.deployflow"))
                .contains("ended")
                .doesNotContain("lock");
    }

    @Test
    void deploy_whenTheGatekeeperIsUnhealthy_switchesNoOtherHost() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.on(2, "touch /tmp/sick");
        story.settings.gatekeeper = story.settings.hosts.get(2);
        story.settings.health = TestSettings.command(HEALTHY, 1);
        story.events.clear();

        Report report = story.deploy();

        story.on(2, "rm /tmp/sick");
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(unitsThatWere("switched")).containsExactly(story.label(2));
        assertThat(report.units())
                .extracting(UnitResult::state)
                .containsExactly(State.UNCHANGED, State.UNCHANGED, State.RESTORED);
    }

    @Test
    void deploy_withoutAHostThatIsDown_skipsIt_andTheNextOneCatchesItUp() {
        story.settings.connectTimeout = Duration.ofSeconds(5);
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.pause(1);
        try {
            Report refused = story.deploy();
            assertThat(refused.outcome()).isEqualTo(Outcome.UNCHANGED);

            story.settings.onUnreachable = "skip 1";
            // What comes back in the middle of a deploy has to wait for the next.
            once(
                    event -> event instanceof DeployEvent.UnitChanged changed
                            && changed.state().equals("staged"),
                    () -> story.resume(1));
            Report report = story.deploy().orThrow();

            assertThat(report.units())
                    .extracting(UnitResult::unit, UnitResult::state)
                    .containsExactly(
                            tuple(story.label(0), State.SWITCHED),
                            tuple(story.label(2), State.SWITCHED),
                            tuple(story.label(1), State.SKIPPED));
            assertThat(report.warnings())
                    .singleElement()
                    .asString()
                    .startsWith(story.label(1) + ": cannot connect")
                    .endsWith("it is skipped, and the next deploy catches it up");
            story.onEvent = event -> {};
            story.pause(1);
            Status without = story.deployer().status("classic");
            assertThat(without.whole()).isFalse();
            assertThat(without.units()).extracting(Status.Unit::release).contains("unknown");
        } finally {
            story.resume(1);
        }
        assertThat(story.served()).containsExactly("two", "one", "two");
        assertThat(story.deployer().status("classic").whole()).isFalse();

        story.deploy().orThrow();

        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(story.deployer().status("classic").whole()).isTrue();
    }

    @Test
    void deploy_withHooks_runsThemWhereAndWhenTheyBelong_andShowsNoSecret() {
        describe(0, false, "web");
        describe(1, false, "web", "db");
        describe(2, true, "db");
        String log = " >> " + story.settings.deployTo + "/hooks.log";
        story.settings.hooks = List.of(
                hook(null, HookPhase.BUILD, "echo built in $(basename $PWD)" + log, false, "web"),
                hook(HookPhase.PUSH, null, "echo before the push" + log, true),
                hook(
                        HookPhase.ROLLOUT,
                        null,
                        "echo migrating with $DEPLOYFLOW_RELEASE $(cat app.txt) ${#PASSWORD}" + log
                                + "; tr '\\0' ' ' < /proc/$$/cmdline",
                        true,
                        "db"),
                hook(null, HookPhase.ROLLOUT, "echo warming $(basename $PWD)" + log, false, "web"));

        Plan plan = story.deployer().plan("classic", DeployOptions.defaults());
        Report report = story.deploy().orThrow();

        String id = report.release().orElseThrow().id();
        List<String> logs = new ArrayList<>();
        for (int host = 0; host < 3; host++) {
            logs.add(story.on(host, "cat " + story.settings.deployTo + "/hooks.log"));
        }
        String home = story.settings.deployTo.substring(story.settings.deployTo.lastIndexOf('/') + 1);
        assertThat(logs)
                .containsExactly(
                        "built in " + home + "\nwarming " + id,
                        "built in " + home + "\nwarming " + id,
                        "before the push\nmigrating with " + id + " one 11");
        assertThat(story.events.toString()).contains("migrating").doesNotContain("s3cret");
        assertThat(plan.toString()).contains("# with PASSWORD").doesNotContain("s3cret");
        assertThat(plan.steps())
                .filteredOn(step -> step.command().contains("migrating"))
                .extracting(Plan.Step::unit, Plan.Step::round)
                .containsExactly(tuple(story.label(2), 1));
    }

    @Test
    void deploy_whenAHookFails_leavesOrRestoresWhatWasLive() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");

        story.settings.hooks = List.of(hook(null, HookPhase.PUSH, "echo no such table; exit 3", true));
        Report pushed = story.deploy();
        assertThat(pushed.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(pushed.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessageContaining(": hook 'echo no such table; exit 3' failed: exit status 3: no such table");

        story.settings.hooks = List.of(hook(HookPhase.ROLLOUT, null, "exit 3", true));
        Report before = story.deploy();
        assertThat(before.units()).extracting(UnitResult::state).containsOnly(State.UNCHANGED);
        assertThat(before.failure()).containsInstanceOf(RolloutException.class);

        story.settings.hooks = List.of(hook(null, HookPhase.ROLLOUT, "exit 3", false));
        Report after = story.deploy();
        assertThat(after.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(after.units()).extracting(UnitResult::state).containsOnly(State.RESTORED);
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.deployer().status("classic").whole()).isTrue();
    }

    @Test
    void deploy_whenAHostDiesBetweenBatches_restoresTheBatchBefore_andKnowsThatTheHostWasNeverSwitched() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.settings.batches = "34%";
        story.settings.connectTimeout = Duration.ofSeconds(5);
        Duration patience = story.settings.commandTimeout;
        story.settings.commandTimeout = Duration.ofSeconds(10);
        once(healthy(1), () -> story.pause(2));
        try {
            Report report = story.deploy();

            assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
            assertThat(report.units())
                    .extracting(UnitResult::state)
                    .containsExactly(State.RESTORED, State.RESTORED, State.UNCHANGED);
            assertThat(report.failure().orElseThrow()).hasMessageContaining(story.label(2) + ":");
        } finally {
            story.resume(2);
        }
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.deployer().status("classic").whole())
                .as("its journal is open")
                .isFalse();

        story.onEvent = event -> {};
        story.settings.commandTimeout = patience;
        story.deploy().orThrow();
        assertThat(story.served()).containsExactly("two", "two", "two");
    }

    @Test
    void deploy_withManyReleases_leavesExactlySoMany_onceWhatItLeftBehindHasEnded() {
        story.settings.keepReleases = 2;
        story.settings.hosts = story.settings.hosts.subList(0, 1);
        for (int i = 0; i < 4; i++) {
            story.deploy().orThrow();
        }
        String left = story.on(0, "cd " + story.settings.deployTo + "; " + """
                for i in $(seq 300); do [ -z "$(ls -A .deployflow/trash)" ] || sleep 0.1; done
                ls -A releases .deployflow/releases .deployflow/trash
                """);
        assertThat(left.lines().filter(line -> line.matches("\\d{14}.*"))).hasSize(4);
        assertThat(story.on(0, "wc -l < " + story.settings.deployTo + "/revisions.log")
                        .strip())
                .isEqualTo("4");
    }
}
