package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The tool is killed while it deploys to a cluster: the service serves whole releases, and the next deploy succeeds.
 */
class KilledEcsDeployIT {
    // The rollout must go on until the status has been asked for: 20 s here.
    private static final Duration LONGER_THAN_A_LOOK = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(5);

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.ofContainers();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void deploy_killedBeforeTheRolloutAndThenInIt_servesWholeReleasesAndIsSucceededByTheNext() {
        String live = stage.source().greet("before the push");
        stage.run("deploy", Stage.CONTAINERS).exits(0);
        try (Visitor visitor = Visitor.of(stage.addresses(Stage.CONTAINERS))) {
            String pushed = stage.source().greet("never seen");
            killBeforeTheUpdate();

            CliRun unchanged = stage.run("status", Stage.CONTAINERS).exits(0);
            assertThat(unchanged.liveRevision()).isEqualTo(live);
            assertThat(unchanged.texts("notices"))
                    .singleElement()
                    .asString()
                    .contains("(revision " + pushed + ") was registered by", "never rolled out");

            stage.source().greet("killed");
            stage.cluster().drainFor(LONGER_THAN_A_LOOK);
            killWhileTwoReleasesRun();

            CliRun status = stage.run("status", Stage.CONTAINERS).exits(0);
            stage.cluster().drainFor(SHORT);
            assertThat(status.texts("notices"))
                    .anySatisfy(notice -> assertThat(notice).contains("is in flight since"))
                    .anySatisfy(notice -> assertThat(notice).startsWith("PRIMARY puma:"))
                    .anySatisfy(notice -> assertThat(notice).startsWith("ACTIVE puma:"));

            String last = stage.source().greet("after the rollout");
            stage.run("deploy", Stage.CONTAINERS).exits(0);
            assertThat(stage.run("status", Stage.CONTAINERS).liveRevision()).isEqualTo(last);
            visitor.saw("before the push", "killed", "after the rollout");
        }
    }

    private static void killBeforeTheUpdate() {
        int updates = updates();
        try (Cluster.Refusal refusal = stage.cluster().refuse("UpdateService");
                CliProcess deploy = stage.start("deploy", Stage.CONTAINERS)) {
            await("the rollout begins").atMost(Duration.ofMinutes(1)).until(() -> updates() > updates);
            deploy.kill();
        }
    }

    private static int updates() {
        return (int) stage.cluster().changes().stream()
                .filter("UpdateService"::equals)
                .count();
    }

    private static void killWhileTwoReleasesRun() {
        try (CliProcess deploy = stage.start("deploy", Stage.CONTAINERS)) {
            stage.cluster().awaitTwoReleasesRunning();
            deploy.kill();
        }
    }
}
