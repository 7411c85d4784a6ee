package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.OneOffTask;
import io.deployflow.PastRollout;
import io.deployflow.Release;
import io.deployflow.sandbox.simulated.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Lists that AWS gives in pages, which are as short as it likes: here two items each. */
class PagesTest {
    private static final int DEPLOYS = 6;

    @TempDir
    private static Path folder;

    private CallStage stage;

    @BeforeEach
    void start() {
        stage = new CallStage(folder);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private void cut() {
        stage.tell("pages", "{\"most\":2}");
    }

    private void whole() {
        stage.tell("pages", "{\"most\":0}");
    }

    private List<String> deploySome() {
        return IntStream.range(0, DEPLOYS)
                .mapToObj(number -> stage.deploy(Script.GOOD)
                        .orThrow()
                        .release()
                        .orElseThrow()
                        .id())
                .toList();
    }

    @Test
    void listTasks_inPages_showsEveryTask() {
        cut();

        assertThat(stage.deployer()
                        .scale(CallStage.TARGET, 5, Optional.empty(), CallActs.token())
                        .failure())
                .isEmpty();
        assertThat(stage.deployer().status(CallStage.TARGET).units()).hasSize(5);
        assertThat(stage.deploy(Script.GOOD).orThrow().units()).hasSize(5);
    }

    @Test
    void listTaskDefinitions_inPages_knowsEveryRelease() {
        List<String> ids = deploySome();
        cut();

        assertThat(stage.deployer().releases(CallStage.TARGET))
                .extracting(Release::id)
                .as("but what was pruned")
                .containsAll(ids.subList(1, DEPLOYS));
        assertThat(stage.deployer()
                        .rollback(CallStage.TARGET, Optional.of(ids.get(2)), CallActs.token())
                        .failure())
                .isEmpty();
        assertThat(stage.deployer().prune(CallStage.TIDY, CallActs.token()).failure())
                .isEmpty();
        whole();
        assertThat(stage.registered(TaskDefinitionStatus.ACTIVE))
                .extracting(TaskDefinitions::id)
                .as("what serves stays, what nothing needs is gone")
                .contains(ids.get(2))
                .doesNotContain(ids.get(3));
    }

    @Test
    void listServiceDeployments_inPages_showsTheLastRollouts() {
        List<String> ids = deploySome();
        cut();

        List<PastRollout> past = stage.deployer().past(CallStage.TARGET);

        assertThat(past)
                .extracting(rollout -> rollout.release().id())
                .containsExactly(ids.get(5), ids.get(4), ids.get(3), ids.get(2), ids.get(1));
    }

    @Test
    void filterLogEvents_inPages_showsEveryLineOnceInItsOrder() {
        stage.deploy(Script.GOOD).orThrow();
        String[] lines =
                IntStream.range(0, 9).mapToObj(number -> "line " + number).toArray(String[]::new);
        stage.behave(Script.GOOD.writing(lines).exiting(Duration.ofSeconds(3), 0));
        cut();
        stage.events.clear();

        assertThat(stage.deployer()
                        .run(CallStage.TARGET, OneOffTask.of("bin/report"), CallActs.token())
                        .failure())
                .isEmpty();

        assertThat(stage.lines()).containsExactly(lines);
    }
}
