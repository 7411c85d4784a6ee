package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Directories are deployed into containers that run all along: no image is built, no container made anew. */
class ThirdWayIT {
    private static final int ROLLOUT_FAILED = 5;

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.ofAppContainers();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void deployChangeBreakAndGoBack_servesFromTheSameContainersAndNeverFailsARequest() throws IOException {
        List<String> containers = containers();
        String first = stage.source().greet("hello");
        stage.run("deploy", Stage.THIRD_WAY).exits(0);
        await().untilAsserted(() -> assertServed("hello"));
        try (Visitor visitor = Visitor.of(stage.addresses(Stage.THIRD_WAY))) {
            String second = stage.source().greet("hallo");
            CliRun changed = stage.run("deploy", Stage.THIRD_WAY).exits(0);
            assertThat(changed.answer().at("/release/revision").asText()).isEqualTo(second);
            // The health check passes with the first worker of the release; the second follows.
            await().untilAsserted(() -> assertServed("hallo"));

            stage.source().put("lib/shop.rb", "raise 'no database'\n");
            CliRun broken = stage.run("deploy", Stage.THIRD_WAY).exits(ROLLOUT_FAILED);
            stage.source().revert();
            assertThat(broken.answer().at("/outcome").asText()).isEqualTo("restored");

            stage.run("rollback", Stage.THIRD_WAY).exits(0);
            assertThat(stage.run("status", Stage.THIRD_WAY).exits(0).liveRevision())
                    .isEqualTo(first);
            visitor.saw("hello", "hallo");
        }
        assertThat(containers()).isEqualTo(containers);
    }

    @Test
    void restart_byDockerExec_returnsWhenEveryWorkerServesWhatIsThere() throws IOException {
        stage.source().greet("deployed");
        stage.run("deploy", Stage.THIRD_WAY).exits(0);
        await().untilAsserted(() -> assertServed("deployed"));

        for (String container : stage.appContainers()) {
            Hosts.on(container, "1000", "put there\n", "cat > /var/www/shop/current/greeting.txt");
            Shell.run("docker", "exec", "-w", "/var/www/shop/current", container, "bin/restart");
        }

        assertServed("put there");
    }

    /** The id and the image of each container, and when it was started. */
    private static List<String> containers() {
        return stage.appContainers().stream()
                .map(name -> Shell.run("docker", "inspect", "-f", "{{.Id}} {{.Image}} {{.State.StartedAt}}", name))
                .toList();
    }

    private static void assertServed(String greeting) throws IOException {
        for (URI address : stage.addresses(Stage.THIRD_WAY)) {
            // Two workers take turns: a single answer would tell of one of them.
            for (int i = 0; i < 8; i++) {
                assertThat(Visitor.ask(address)).isEqualTo(greeting);
            }
        }
    }
}
