package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class TaskDefinitionsTest {
    private static final List<EcsSettings.Member> MEMBERS = List.of(new EcsSettings.Member("puma", Optional.of("c1")));
    private static final ReleaseTags RELEASE = new ReleaseTags(
            "shop",
            "a".repeat(40),
            "alice@laptop",
            Instant.parse("2026-01-02T03:04:05Z"),
            Release.State.STAGED,
            Optional.of("arn:aws:ecs:r:1:task-definition/puma:3"),
            Optional.of("arn:aws:ecs:r:1:service/app/puma"),
            Companions.NONE);

    @Test
    void next_withTagsOfTheTeam_keepsTheseAlone() {
        List<Tag> tags = List.of(
                tag("team", "shop"), tag("aws:cloudformation:stack-name", "x"), tag("deployflow:revision", "old"));

        assertThat(next(ten(), tags, "container: c0").tags()).containsExactly(tag("team", "shop"));
    }

    private static RegisterTaskDefinitionRequest next(TaskDefinition live, List<Tag> tags, String... keys) {
        EcsSettings settings = SettingsText.of(keys);
        LiveService service = new LiveService(
                settings.members().get(0), Service.builder().build(), new EcsGateway.Described(live, tags));
        return new NextTaskDefinition(settings).make(service, "repo@sha256:new", Contexts.nowhere());
    }

    @Test
    void container_whenThereIsOnlyOne_needsNoName() {
        TaskDefinition one = TaskDefinition.builder()
                .taskDefinitionArn("arn:aws:ecs:r:1:task-definition/puma:3")
                .containerDefinitions(ContainerDefinition.builder().name("app").build())
                .build();

        assertThat(TaskDefinitions.container(one, Optional.empty()).name()).isEqualTo("app");
    }

    @Test
    void container_whenThereAreSeveralAndNoName_saysWhichThereAre() {
        assertThatThrownBy(() -> TaskDefinitions.container(ten(), Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has 10 containers: c0, c1");
    }

    @Test
    void container_whenTheNameIsPartOfAnother_doesNotMatchIt() {
        assertThatThrownBy(() -> TaskDefinitions.container(ten(), Optional.of("c")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no container 'c'; it has: c0, c1");
    }

    @Test
    void release_readsWhatTheTagsSay() {
        EcsRelease release = TaskDefinitions.release(ten(), RELEASE.toTags(), MEMBERS);

        assertThat(release)
                .isEqualTo(new EcsRelease(
                        List.of(new EcsRelease.Part(
                                "puma", "arn:aws:ecs:r:1:task-definition/puma:3", Optional.empty())),
                        "a".repeat(40),
                        RELEASE.at(),
                        "alice@laptop",
                        Release.State.STAGED));
    }

    @Test
    void release_ofATaskDefinitionRegisteredByHand_isKnownByItsTimeAlone() {
        EcsRelease release = TaskDefinitions.release(ten(), List.of(), MEMBERS);

        assertThat(release.revision()).isEqualTo("unknown");
        assertThat(release.createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(release.createdBy()).isEqualTo("unknown");
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static TaskDefinition ten() {
        return TaskDefinition.builder()
                .taskDefinitionArn("arn:aws:ecs:r:1:task-definition/puma:3")
                .family("puma")
                .containerDefinitions(IntStream.range(0, 10)
                        .mapToObj(number -> ContainerDefinition.builder()
                                .name("c" + number)
                                .image("image" + number)
                                .build())
                        .toList())
                .build();
    }
}
