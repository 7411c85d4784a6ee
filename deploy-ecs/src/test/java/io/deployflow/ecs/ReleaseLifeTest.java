package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.RolloutException;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.DeployContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Tag;

/** From the tasks before a rollout to the day when a release is taken out of use, on a sandbox without containers. */
class ReleaseLifeTest {
    private static final Pace FAST = Paces.every(Duration.ofMillis(30));
    private static final Path NOWHERE = Path.of("nowhere");

    private final SimulatedSandbox sandbox =
            Sandbox.simulated().clock(Timings.FAST).speed(100).start();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final DeployContext context =
            Contexts.of(NOWHERE, NOWHERE, "a".repeat(40), this::hear, ForkJoinPool.commonPool());
    private Runnable onStopped = () -> {};
    private EcsSettings settings;
    private AwsClients clients;
    private int images;

    @BeforeEach
    void start() {
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        sandbox.addService("puma", 1);
        with("keep_releases: 2");
    }

    @AfterEach
    void stop() {
        clients.close();
        sandbox.close();
    }

    private void hear(DeployEvent event) {
        if (event instanceof DeployEvent.Output line) {
            told.add(line.line());
        } else if (event instanceof DeployEvent.UnitChanged changed
                && changed.state().equals("stopped")) {
            onStopped.run();
        }
    }

    private void with(String key) {
        settings = SettingsText.of(
                "region: " + sandbox.region(),
                "endpoint: " + sandbox.endpoint(),
                "cluster: app-dev",
                "image: { repository: organization/app }",
                "timeout: 1m",
                key);
        clients = QuickClients.of(settings);
    }

    private EcsGateway gateway() {
        return new EcsGateway(clients, settings);
    }

    private String push(Script script) {
        return sandbox.push("organization/app", "v" + images++, script);
    }

    private EcsRelease deploy(String image) {
        try (var pipeline = new EcsAdapter(FAST, Paces.NO_LIMIT).pipeline(settings, context)) {
            EcsRelease release =
                    ((ReleasePush) pipeline.push()).register(image, Revision.commit("a".repeat(40)), context);
            assertThat(pipeline.rollout().rollout(release, context).failure()).isEmpty();
            pipeline.rollout().cleanup(release, context);
            return release;
        }
    }

    private List<String> registered() {
        return gateway().taskDefinitions("puma").stream()
                .map(TaskDefinitions::id)
                .toList();
    }

    private List<Tag> tags(EcsRelease release) {
        return gateway().taskDefinition(release.lead().arn()).tags();
    }

    @Test
    void cleanup_takesOutOfUseWhatIsTooOldAndNothingThatAnybodyUses() {
        String before = TaskDefinitions.id(gateway().service("puma").taskDefinition());
        EcsRelease first = deploy(push(Script.GOOD));
        sandbox.addService("borrower", 1);
        clients.ecs()
                .updateService(
                        ServiceUpdates.to(settings, "borrower", first.lead().arn()));
        EcsRelease second = deploy(push(Script.GOOD));
        EcsRelease third = deploy(push(Script.GOOD));
        assertThat(registered()).containsExactly(third.id(), second.id(), first.id(), before);

        EcsRelease fourth = deploy(push(Script.GOOD));

        assertThat(registered()).containsExactly(fourth.id(), third.id(), first.id(), before);
        assertThat(told).contains("deregistered " + second.id());
        assertThat(gateway().service("puma").taskDefinition())
                .isEqualTo(fourth.lead().arn());
    }

    @Test
    void register_recordsWhoseAndWhichReleaseItIs() {
        EcsRelease release = deploy(push(Script.GOOD));

        assertThat(tags(release))
                .extracting(tag -> tag.key() + "=" + tag.value())
                .contains(
                        "deployflow:application=shop",
                        "deployflow:revision=" + "a".repeat(40),
                        "deployflow:by=alice@laptop",
                        "deployflow:release=" + release.id(),
                        "deployflow:service=" + gateway().service("puma").serviceArn(),
                        "deployflow:state=good");
    }

    @Test
    void beforeRollout_whenItFails_leavesTheServiceAsItIs() {
        with("before_rollout: [bin/rails db:migrate]");
        String image = push(Script.GOOD.writing("no such column").exiting(Duration.ofSeconds(2), 3));
        String before = gateway().service("puma").taskDefinition();

        assertThatThrownBy(() -> deploy(image))
                .isInstanceOf(RolloutException.class)
                .hasMessageStartingWith(
                        "'bin/rails db:migrate' failed before the rollout, so the service was not" + " touched; task ")
                .hasMessageContaining("exited with 3\nIts last lines:\n  no such column");
        assertThat(gateway().service("puma").taskDefinition()).isEqualTo(before);
        assertThat(gateway().service("puma").deployments()).hasSize(1);
    }

    @Test
    void beforeRollout_whenItSucceeds_ranWithTheNewReleaseBeforeTheService() {
        with("before_rollout: [bin/migrate]");
        String image = push(Script.GOOD.writing("migrated").exiting(Duration.ofSeconds(2), 0));
        onStopped = () -> sandbox.behave(image, Script.GOOD);

        EcsRelease release = deploy(image);

        assertThat(told).containsSubsequence("before the rollout: bin/migrate", "migrated");
        assertThat(told.indexOf("migrated"))
                .isLessThan(told.indexOf(ServiceUpdates.text(
                        "ecs:UpdateService",
                        ServiceUpdates.to(settings, "puma", release.lead().arn()))));
    }

    @Test
    void beforeRollout_ofAnEarlierRelease_runsNothing() {
        with("before_rollout: [bin/migrate]");
        EcsRelease live = new ReleaseHistory(settings, gateway()).read(context).get(0);

        new BeforeRollout(
                        settings,
                        gateway(),
                        new TaskRunner(settings, gateway(), clients, FAST),
                        new LeftTasks(settings, gateway(), FAST))
                .run(live.as(Release.State.GOOD), context);

        assertThat(told).isEmpty();
    }
}
