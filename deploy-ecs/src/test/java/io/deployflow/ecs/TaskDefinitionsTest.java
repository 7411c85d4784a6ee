package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.EphemeralStorage;
import software.amazon.awssdk.services.ecs.model.InferenceAccelerator;
import software.amazon.awssdk.services.ecs.model.IpcMode;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.ProxyConfiguration;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;
import software.amazon.awssdk.services.ecs.model.Ulimit;
import software.amazon.awssdk.services.ecs.model.Volume;

class TaskDefinitionsTest {
    private static final List<EcsSettings.Member> MEMBERS = List.of(new EcsSettings.Member("puma", Optional.of("c1")));
    private static final Set<String> COMPUTED = Set.of(
            "taskDefinitionArn",
            "revision",
            "status",
            "requiresAttributes",
            "compatibilities",
            "registeredAt",
            "registeredBy",
            "deregisteredAt");
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
    void next_ofTenContainers_copiesEveryFieldAndChangesOneImage() {
        TaskDefinition whole = everything();

        RegisterTaskDefinitionRequest request = next(whole, List.of(), "container: c7");

        Map<String, Object> copied = values(request);
        values(whole).forEach((name, value) -> {
            if (!COMPUTED.contains(name) && !name.equals("containerDefinitions")) {
                assertThat(copied).as(name).containsEntry(name, value);
            }
        });
        assertThat(request.containerDefinitions()).hasSize(10);
        for (int i = 0; i < 10; i++) {
            ContainerDefinition before = whole.containerDefinitions().get(i);
            assertThat(request.containerDefinitions().get(i))
                    .isEqualTo(
                            i == 7 ? before.toBuilder().image("repo@sha256:new").build() : before);
        }
    }

    /** Holds the fixture to the SDK: a field that a later SDK describes must be given a value here, or be computed. */
    @Test
    void everything_setsEachFieldThatIsNotComputed() {
        assertThat(values(everything()).keySet())
                .containsAll(everything().sdkFields().stream()
                        .map(SdkField::memberName)
                        .map(TaskDefinitionsTest::lowerFirst)
                        .toList());
    }

    @Test
    void next_withTagsOfTheTeam_keepsTheseAlone() {
        List<Tag> tags = List.of(
                tag("team", "shop"), tag("aws:cloudformation:stack-name", "x"), tag("deployflow:revision", "old"));

        assertThat(next(everything(), tags, "container: c0").tags()).containsExactly(tag("team", "shop"));
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
        assertThatThrownBy(() -> TaskDefinitions.container(everything(), Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has 10 containers: c0, c1");
    }

    @Test
    void container_whenTheNameIsPartOfAnother_doesNotMatchIt() {
        assertThatThrownBy(() -> TaskDefinitions.container(everything(), Optional.of("c")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no container 'c'; it has: c0, c1");
    }

    @Test
    void release_readsWhatTheTagsSay() {
        EcsRelease release = TaskDefinitions.release(everything(), RELEASE.toTags(), MEMBERS);

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
        EcsRelease release = TaskDefinitions.release(everything(), List.of(), MEMBERS);

        assertThat(release.revision()).isEqualTo("unknown");
        assertThat(release.createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(release.createdBy()).isEqualTo("unknown");
    }

    private static Map<String, Object> values(SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .filter(field -> field.getValueOrDefault(pojo) != null)
                .filter(field -> !(field.getValueOrDefault(pojo) instanceof List<?> list && list.isEmpty()))
                .collect(Collectors.toMap(
                        field -> lowerFirst(field.memberName()), field -> field.getValueOrDefault(pojo)));
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static TaskDefinition everything() {
        return TaskDefinition.builder()
                .taskDefinitionArn("arn:aws:ecs:r:1:task-definition/puma:3")
                .revision(3)
                .status("ACTIVE")
                .requiresAttributes(Attribute.builder().name("a").build())
                .compatibilities(Compatibility.EC2)
                .registeredAt(Instant.EPOCH)
                .registeredBy("somebody")
                .deregisteredAt(Instant.EPOCH)
                .family("puma")
                .taskRoleArn("role")
                .executionRoleArn("execution")
                .networkMode(NetworkMode.AWSVPC)
                .containerDefinitions(IntStream.range(0, 10)
                        .mapToObj(TaskDefinitionsTest::container)
                        .toList())
                .volumes(Volume.builder().name("v").configuredAtLaunch(true).build())
                .placementConstraints(TaskDefinitionPlacementConstraint.builder()
                        .expression("e")
                        .build())
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .pidMode(PidMode.TASK)
                .ipcMode(IpcMode.NONE)
                .proxyConfiguration(
                        ProxyConfiguration.builder().containerName("envoy").build())
                .inferenceAccelerators(
                        InferenceAccelerator.builder().deviceName("d").build())
                .ephemeralStorage(EphemeralStorage.builder().sizeInGiB(30).build())
                .runtimePlatform(
                        RuntimePlatform.builder().cpuArchitecture("ARM64").build())
                .enableFaultInjection(true)
                .build();
    }

    private static ContainerDefinition container(int number) {
        return ContainerDefinition.builder()
                .name("c" + number)
                .image("image" + number)
                .essential(number == 0)
                .environment(KeyValuePair.builder().name("N").value("" + number).build())
                .secrets(Secret.builder().name("S").valueFrom("arn").build())
                .healthCheck(check -> check.command("CMD", "true"))
                .ulimits(Ulimit.builder()
                        .name("nofile")
                        .hardLimit(9)
                        .softLimit(8)
                        .build())
                .dependsOn(ContainerDependency.builder()
                        .containerName("c0")
                        .condition("START")
                        .build())
                .logConfiguration(logs -> logs.logDriver(LogDriver.AWSLOGS).options(Map.of("a", "b")))
                .stopTimeout(7)
                .build();
    }
}
