package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.Release;
import io.deployflow.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class ReleaseHistoryTest {
    private static final int RELEASES = 12;
    private static final Path NOWHERE = Path.of("nowhere");

    private final SimulatedTarget target = new SimulatedTarget(NOWHERE);
    private final ReleaseHistory history = new ReleaseHistory(target.settings, target.gateway());

    @BeforeEach
    void serveTheNewestOfMany() {
        TaskDefinition live = target.gateway()
                .taskDefinition(target.gateway().service("puma").taskDefinition())
                .definition();
        List<Tag> good = new ReleaseTags(
                        "shop",
                        Revision.commit("a".repeat(40)).id(),
                        "alice",
                        Instant.EPOCH,
                        Release.State.GOOD,
                        Optional.empty(),
                        Optional.empty(),
                        Companions.read(List.of()))
                .toTags();
        String newest = Stream.generate(() -> target.clients
                        .ecs()
                        .registerTaskDefinition(TaskDefinitions.asRequest(live, List.of()).toBuilder()
                                .tags(good)
                                .build())
                        .taskDefinition()
                        .taskDefinitionArn())
                .limit(RELEASES)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        target.clients.ecs().updateService(ServiceUpdates.to(target.settings, "puma", newest));
        target.settle();
    }

    @AfterEach
    void stop() {
        target.close();
    }

    private long described() {
        return StreamSupport.stream(target.calls().spliterator(), false)
                .map(call -> call.path("operation"))
                .map(JsonNode::asText)
                .filter("DescribeTaskDefinition"::equals)
                .count();
    }

    @Test
    void asRead_describesAFewForTheOneBeforeTheLiveOne() {
        long before = described();

        assertThat(history.asRead(target.context)
                        .filter(release -> release.state() == Release.State.GOOD)
                        .findFirst())
                .hasValueSatisfying(release -> assertThat(release.id()).endsWith(":" + (RELEASES + 1)));
        assertThat(described() - before).isEqualTo(4);
    }

    @Test
    void asRead_toItsEnd_isAllThatIsRead() {
        assertThat(history.asRead(target.context)).containsExactlyElementsOf(history.read(target.context));
    }
}
