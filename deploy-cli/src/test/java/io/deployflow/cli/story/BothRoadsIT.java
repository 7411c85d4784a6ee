package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a team does, on either road, while a visitor asks for the application all along. */
class BothRoadsIT {
    private static final int ROLLOUT_FAILED = 5;
    private static final int LOCKED = 7;
    private static final int CANCELLED = 130;
    private static final Duration LONGER_THAN_A_LOOK = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofSeconds(5);

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.ofBothRoads();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Stage.CONTAINERS, Stage.HOSTS})
    void deployChangeBreakAndGoBack_neverFailsARequest(String target) {
        String first = stage.source().greet("hello");
        stage.run("deploy", target).exits(0);
        try (Visitor visitor = Visitor.of(stage.addresses(target))) {
            String second = stage.source().greet("hallo");
            CliRun changed = stage.run("deploy", target).exits(0);
            assertThat(changed.answer().at("/outcome").asText()).isEqualTo("deployed");
            assertThat(changed.answer().at("/release/revision").asText()).isEqualTo(second);
            assertThat(changed.answer().at("/previous/revision").asText()).isEqualTo(first);

            stage.source().breakHealth("prices are missing");
            CliRun broken = stage.run("deploy", target).exits(ROLLOUT_FAILED);
            stage.source().revert();
            assertThat(broken.answer().at("/outcome").asText()).isEqualTo("restored");
            assertThat(broken.failure()).contains(target.equals(Stage.HOSTS) ? "prices are missing" : "health checks");
            assertThat(stage.run("status", target).exits(0).liveRevision()).isEqualTo(second);

            stage.run("rollback", target).exits(0);
            assertThat(stage.run("status", target).exits(0).liveRevision()).isEqualTo(first);
            visitor.saw("hello", "hallo");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Stage.CONTAINERS, Stage.HOSTS})
    void deploy_interruptedDuringTheRollout_putsBackWhatWasLive(String target) throws IOException {
        String live = stage.source().greet("stays");
        stage.run("deploy", target).exits(0);
        try (Visitor visitor = Visitor.of(stage.addresses(target))) {
            stage.source().greet("goes");
            CliRun cancelled = interruptDuringTheRollout(target).exits(CANCELLED);

            assertThat(cancelled.answer().at("/outcome").asText()).isEqualTo("restored");
            assertThat(cancelled.errors()).first().asString().startsWith("cancelled: putting back what was live");
            assertThat(stage.run("status", target).exits(0).liveRevision()).isEqualTo(live);
            assertThat(Visitor.ask(stage.addresses(target).get(0))).isEqualTo("stays");
            visitor.sawAtMost("stays", "goes");
        }
    }

    // An old task that drains keeps the rollout going, however late it is looked at.
    private static CliRun interruptDuringTheRollout(String target) {
        stage.cluster().drainFor(LONGER_THAN_A_LOOK);
        try (CliProcess deploy = stage.start("deploy", target)) {
            if (target.equals(Stage.HOSTS)) {
                deploy.awaitEvent(
                        "that a host is switched",
                        event -> event.path("state").asText().equals("switched"));
            } else {
                stage.cluster().awaitTwoReleasesRunning();
            }
            deploy.interrupt();
            deploy.awaitCancelled();
            stage.cluster().drainFor(SHORT);
            return deploy.join();
        }
    }

    @Test
    void deploy_whileAnotherDeploysToTheSameHosts_isRefusedAndNamesTheOwner() {
        String winner = stage.source().greet("first come");
        try (HeldProgram move = stage.hosts().hold(0, "switching");
                CliProcess first = stage.start("deploy", Stage.HOSTS)) {
            move.awaitHost();

            CliRun second = stage.run("deploy", Stage.HOSTS).exits(LOCKED);
            assertThat(second.failure())
                    .containsPattern(
                            "127.0.0.1:\\d+: locked by \\S+@\\S+ since .*, deploying shop to hosts \\(pid \\d+\\)");
            assertThat(second.answer().at("/outcome").asText()).isEqualTo("unchanged");

            move.goOn();
            first.join().exits(0);
            assertThat(stage.run("status", Stage.HOSTS).exits(0).liveRevision()).isEqualTo(winner);
        }
    }
}
