package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.OperationException;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.team.Team;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two deploys that reach what is to be run before the rollout in the same moment, and both find nobody there. */
class TwoMigrationsTest {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final SimulatedSandbox sandbox =
            Sandbox.simulated().clock(Timings.FAST).start();
    private final Simulation own;
    private final EcsRelease theirs;
    private final EcsRelease release;

    TwoMigrationsTest() {
        sandbox.addService("puma", 2);
        own = new Simulation(sandbox, "before_rollout: [bin/rails db:migrate]");
        theirs = own.register(own.push(Script.GOOD.exiting(Duration.ofSeconds(40), 0)));
        release = own.register(migrating(own));
    }

    @AfterEach
    void close() {
        own.close();
    }

    @Test
    void beforeRollout_whenAnothersTaskBeganAMomentBefore_takesItsOwnBackAndWaits() {
        own.onCall = once(() -> own.asking.equals("RunTask"), () -> {
            beginTheirs();
            sandbox.advance(MOMENT);
        });

        assertThat(own.rollOut(release).failure()).isEmpty();

        // Theirs is one of the three.
        assertThat(own.calls).containsEntry("RunTask", 3);
        assertThat(lines())
                .anyMatch(line -> line.startsWith("gives way to task ")
                        && line.endsWith(", which alice@laptop began before the rollout of " + theirs.id()
                                + ", in the same moment"))
                .contains("none of an earlier deploy runs any more");
        assertThat(own.gateway.service("puma").taskDefinition())
                .isEqualTo(release.lead().arn());
    }

    @Test
    void beforeRollout_whenAnothersTaskBeganAMomentLater_goesOn() {
        own.onCall = once(() -> own.calls.containsKey("RunTask"), () -> {
            sandbox.advance(MOMENT);
            beginTheirs();
        });

        assertThat(own.rollOut(release).failure()).isEmpty();

        assertThat(own.calls).containsEntry("RunTask", 2);
        assertThat(lines()).noneMatch(line -> line.startsWith("gives way"));
    }

    /** As after a machine that deploys has slept. */
    @Test
    void beforeRollout_whoseTaskEcsHasForgotten_endsAndSaysSo() {
        own.onLook = once(() -> own.looks() == 3, () -> sandbox.advance(Duration.ofHours(3)));

        assertThatThrownBy(() -> own.rollOut(release))
                .isInstanceOf(OperationException.class)
                .hasMessageMatching("ECS does not know task \\w+ any more, and how it ended was not seen");
    }

    private static Runnable once(BooleanSupplier when, Runnable work) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.get() && when.getAsBoolean()) {
                done.set(true);
                work.run();
            }
        };
    }

    /** As another deploy does that found nobody there either. */
    private void beginTheirs() {
        own.gateway
                .tasks()
                .run(TaskRuns.request(
                        own.settings,
                        own.gateway.service("puma"),
                        new TaskRuns.Wanted(
                                theirs.lead().arn(), Team.CONTAINER, List.of("bin/rails db:migrate"), Map.of()),
                        TaskRuns.BEFORE_ROLLOUT));
    }

    /** Its first containers are those of the tasks before the rollout: one that is taken back, and its successor. */
    private static String migrating(Simulation own) {
        String image = own.push(Script.GOOD);
        Iterator<Script> scripts =
                List.of(Script.GOOD.exiting(Duration.ofSeconds(5), 0)).iterator();
        own.sandbox.behave(image, () -> scripts.hasNext() ? scripts.next() : Script.GOOD);
        return image;
    }

    private Stream<String> lines() {
        return own.events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line());
    }
}
