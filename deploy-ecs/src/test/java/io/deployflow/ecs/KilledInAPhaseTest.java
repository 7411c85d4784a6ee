package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deployflow.DeployException;
import io.deployflow.Release;
import io.deployflow.Status;
import io.deployflow.TargetLockedException;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * A tool that dies in a phase of a deploy, before each of its calls in turn until one is late enough for the phase to
 * end: a whole release serves all along, {@code status} says what goes on, and the deploy after it makes it good.
 */
class KilledInAPhaseTest {
    private static final int DESIRED = 2;
    private static final String RUN = "before the rollout: bin/rails db:migrate";
    private static final Script CRASH = Script.GOOD.exiting(Duration.ofSeconds(1), 3);
    private static final Map<String, ?> NO_BREAKER =
            Map.of("deploymentCircuitBreaker", Map.of("enable", false, "rollback", false));

    @Test
    void preflight_killed_leavesNothingBehind() {
        try (Simulation next = simulation(Map.of());
                KilledTool dying = new KilledTool(next.sandbox)) {
            int calls = 1;
            while (dying.diesBefore(calls, () -> dying.tool.rollout.preflight(dying.tool.context()))) {
                assertThat(status(next).notices()).isEmpty();
                calls++;
            }

            assertThat(calls).isGreaterThan(4);
            deploys(next);
        }
    }

    @Test
    void push_killed_leavesAReleaseThatIsToldOfAndIsInNobodysWay() {
        String services = "services: [web, worker]";
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addServices(List.of("web", "worker"), 1);
        try (Simulation next = new Simulation(sandbox, services);
                KilledTool dying = new KilledTool(sandbox, services)) {
            int leftOver = 0;
            for (int call = 1; dying.diesBefore(call, () -> dying.tool.release(Script.GOOD)); call++) {
                List<String> notices = status(next).notices();
                assertThat(notices).allMatch(notice -> notice.endsWith(" and never rolled out"));
                leftOver += notices.size();

                deploys(next);
            }
            assertThat(leftOver).isPositive();
        }
    }

    @Test
    void beforeRollout_killed_leavesATaskThatIsToldOfAndWaitedFor() {
        String migration = "before_rollout: [bin/rails db:migrate]";
        try (Simulation next = simulation(Map.of(), migration);
                KilledTool dying = new KilledTool(next.sandbox, migration)) {
            int left = 0;
            for (int call = 1; call < 9; call++) {
                EcsRelease release = dying.tool.register(dying.tool.push(migrating(Duration.ofSeconds(40))));
                assertThat(dying.diesBefore(call, () -> dying.tool.rollOut(release)))
                        .isTrue();
                wholeServes(next);
                List<String> notices = status(next).notices();
                assertThat(notices).anyMatch(notice -> notice.endsWith(" and never rolled out"));
                boolean runs = notices.stream()
                        .anyMatch(notice -> notice.contains(" (bin/rails db:migrate), which alice@laptop began before"
                                + " the rollout of " + release.id() + ", runs since "));
                assertThat(runs).isEqualTo(oneOffs(next) == 1);

                next.events.clear();
                deploysAfterMigrating(next);

                List<String> waits = List.of("waits for", "none of an earlier deploy runs any more");
                assertThat(lines(next)
                                .map(line -> line.replaceFirst("(waits for) task .* two at once may do harm", "$1"))
                                .filter(line -> waits.contains(line) || line.startsWith("before the rollout: ")))
                        .containsExactlyElementsOf(runs ? List.of(waits.get(0), waits.get(1), RUN) : List.of(RUN));
                left += runs ? 1 : 0;
            }
            assertThat(left).isGreaterThan(2);
        }
    }

    @Test
    void beforeRollout_ofAnEarlierDeployThatDoesNotEnd_isRefusedWithHowToEndIt() {
        String[] keys = {"before_rollout: [bin/rails db:migrate]", "timeout: 1m"};
        try (Simulation next = simulation(Map.of(), keys);
                KilledTool dying = new KilledTool(next.sandbox, keys)) {
            EcsRelease release = dying.tool.register(dying.tool.push(migrating(Duration.ofHours(1))));
            assertThat(dying.diesBefore(8, () -> dying.tool.rollOut(release))).isTrue();
            String before = service(next).taskDefinition();

            assertThat(catchThrowable(() -> next.rollOut(Script.GOOD)))
                    .isInstanceOf(TargetLockedException.class)
                    .hasMessageContaining("(bin/rails db:migrate), which alice@laptop began before the rollout of "
                            + release.id() + ", has not ended within 60 s")
                    .extracting(failure -> ((DeployException) failure).remedy())
                    .asString()
                    .contains("aws ecs stop-task --cluster app-dev --task ");
            assertThat(service(next).taskDefinition()).isEqualTo(before);
            assertThat(oneOffs(next)).isOne();
        }
    }

    /** Every eleventh call: the looks are all alike. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void watch_killed_isGoneOnWithByEcsAndTheNextDeployWaits(boolean same) {
        try (Simulation next = simulation(Map.of());
                KilledTool dying = new KilledTool(next.sandbox)) {
            for (int call = 5; ; call += 11) {
                String image = dying.tool.push(Script.GOOD);
                EcsRelease release = dying.tool.register(image);
                boolean died = dying.diesBefore(call, () -> dying.tool.rollOut(release));
                wholeServes(next);
                toldIfInFlight(next, release);

                EcsRelease then = next.register(same ? image : next.push(Script.GOOD));
                assertThat(next.rollOut(then).failure()).isEmpty();
                serves(next, then);
                assertThat(next.calls.getOrDefault("UpdateService", 0)).isEqualTo(same ? 0 : 1);
                if (!died) {
                    assertThat(call).isGreaterThan(20);
                    return;
                }
            }
        }
    }

    @Test
    void cleanup_killed_losesNeitherWhatServesNorWhatARollbackGoesTo() {
        try (Simulation next = simulation(Map.of(), "keep_releases: 2");
                KilledTool dying = new KilledTool(next.sandbox, "keep_releases: 2")) {
            EcsRelease before = deploys(next);
            boolean died = true;
            for (int call = 1; died; call++) {
                EcsRelease release = dying.tool.release(Script.GOOD);
                assertThat(dying.tool.rollOut(release).failure()).isEmpty();
                died = dying.diesBefore(call, () -> dying.tool.rollout.cleanup(release, dying.tool.context()));
                serves(next, release);
                assertThat(status(next).notices()).isEmpty();
                assertThat(rollback(next)).isEqualTo(before.id());

                before = deploys(next);
                assertThat(rollback(next)).isEqualTo(release.id());
            }
            assertThat(next.rollout.history(next.context()))
                    .filteredOn(release -> !release.revision().equals("unknown"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restoration_killed_isMadeGoodByTheNextDeploy(boolean breaker) {
        try (Simulation next = simulation(breaker ? Map.of() : NO_BREAKER);
                KilledTool dying = new KilledTool(next.sandbox)) {
            boolean died = true;
            for (int call = 1; died; call += breaker ? 3 : 1) {
                EcsRelease good = deploys(next);
                EcsRelease bad = dying.tool.release(CRASH);
                assertThat(dying.tool.rollOut(bad).failure()).isPresent();
                died = dying.diesBefore(call, () -> dying.tool.rollout.rollback(bad, dying.tool.context()));
                wholeServes(next);
                liveIsNever(bad, good, next);
                toldIfInFlight(next, bad);
            }
            deploys(next);
        }
    }

    @Test
    void trafficShift_killedBeforeAndAfterIt_isGoneOnWithByEcsAndTheNextDeployWaits() {
        Set<String> stages = new HashSet<>();
        try (Simulation next = simulation(Map.of("strategy", "BLUE_GREEN", "bakeTimeInMinutes", 1));
                KilledTool dying = new KilledTool(next.sandbox)) {
            boolean died = true;
            for (int call = 7; died; call += 9) {
                EcsRelease release = dying.tool.release(Script.GOOD);
                died = dying.diesBefore(call, () -> dying.tool.rollOut(release));
                String stage = String.valueOf(next.record("puma").lifecycleStageAsString());
                stages.add(stage);
                wholeServes(next);
                toldIfInFlight(next, release);
                boolean inFlight = ServiceView.inFlight(service(next)).isPresent();
                assertThat(status(next).notices().stream()
                                .anyMatch(notice ->
                                        notice.contains("; stage " + Stages.number(stage) + " of 10: " + stage)))
                        .isEqualTo(inFlight);

                deploys(next);
            }
        }
        assertThat(stages).contains("SCALE_UP", "BAKE_TIME");
    }

    /** A deploy of another release from begin to end; the deploys of one simulation are of one team. */
    private static EcsRelease deploys(Simulation next) {
        next.rollout.preflight(next.context());
        EcsRelease release = next.release(Script.GOOD);
        assertThat(next.rollOut(release).failure()).isEmpty();
        next.rollout.cleanup(release, next.context());
        serves(next, release);
        return release;
    }

    /** The first container of its image is the one-off task's. */
    private static void deploysAfterMigrating(Simulation next) {
        String image = next.push(Script.GOOD);
        Iterator<Script> scripts = List.of(migrating(Duration.ofSeconds(5))).iterator();
        next.sandbox.behave(image, () -> scripts.hasNext() ? scripts.next() : Script.GOOD);
        EcsRelease release = next.register(image);
        assertThat(next.rollOut(release).failure()).isEmpty();
        next.rollout.cleanup(release, next.context());
        serves(next, release);
    }

    private static Script migrating(Duration time) {
        return Script.GOOD.exiting(time, 0);
    }

    private static void serves(Simulation next, EcsRelease release) {
        assertThat(status(next).live().map(Release::id)).contains(release.id());
        assertThat(status(next).notices()).isEmpty();
    }

    private static void wholeServes(Simulation next) {
        List<Task> tasks = next.gateway.tasks().of("puma").stream()
                .filter(TaskView::serves)
                .toList();
        assertThat(tasks).hasSizeGreaterThanOrEqualTo(DESIRED);
        assertThat(next.sandbox.routes().values().iterator().next()).hasSizeGreaterThanOrEqualTo(DESIRED);
    }

    /** Where a deployment has replaced all tasks and is not complete, nothing is called live for a moment. */
    private static void liveIsNever(EcsRelease bad, EcsRelease good, Simulation next) {
        status(next)
                .live()
                .map(Release::id)
                .ifPresentOrElse(
                        id -> assertThat(id).isEqualTo(good.id()).isNotEqualTo(bad.id()),
                        () -> assertThat(ServiceView.inFlight(service(next))).isPresent());
    }

    private static void toldIfInFlight(Simulation next, EcsRelease release) {
        boolean inFlight = ServiceView.inFlight(service(next)).isPresent();
        boolean itself = service(next).taskDefinition().equals(release.lead().arn());
        assertThat(status(next).notices().stream()
                        .anyMatch(notice -> notice.contains(" of " + release.id() + " is in flight since ")
                                && notice.contains(", by alice@laptop")))
                .isEqualTo(inFlight && itself);
    }

    private static Service service(Simulation next) {
        return next.gateway.service("puma");
    }

    private static int oneOffs(Simulation next) {
        return next.gateway.tasks().startedBy(TaskRuns.BEFORE_ROLLOUT).size();
    }

    private static String rollback(Simulation next) {
        List<EcsRelease> history = next.rollout.history(next.context());
        return history.stream()
                .filter(release -> release.state() == Release.State.GOOD)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Status status(Simulation next) {
        return next.rollout.current(next.context());
    }

    private static Stream<String> lines(Simulation next) {
        return next.events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line());
    }

    private static Simulation simulation(Map<String, ?> deployment, String... keys) {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("puma", DESIRED, deployment);
        return new Simulation(sandbox, keys);
    }
}
