package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.RolloutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** That a release differs from what it is a copy of in its image and in nothing else, whatever fields ECS has. */
class TaskDefinitionCopyTest {
    private static final String DEPLOYED = EveryField.DEPLOYED;
    private static final String NEW = "repo@sha256:new";

    static List<String> paths() {
        return EveryField.paths();
    }

    /**
     * Red after an update of the SDK that knows more fields: look whether {@link TaskDefinitions} copies them,
     * {@link DefinitionFields} compares them, and ECS fills in a default, before they are added to the list.
     */
    @Test
    void fields_areThoseThatSomebodyHasLookedAt() {
        assertThat(paths()).containsExactlyElementsOf(known());
    }

    private static List<String> known() {
        try (InputStream list = TaskDefinitionCopyTest.class.getResourceAsStream("task-definition-fields.txt")) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void fields_thatAreDescribed_canBeRegisteredOrAreComputed() {
        List<String> registered = names(RegisterTaskDefinitionRequest.builder().build());
        List<String> described = names(TaskDefinition.builder().build());

        assertThat(described)
                .filteredOn(name -> !registered.contains(name))
                .containsExactlyInAnyOrderElementsOf(JsonBinder.COMPUTED);
        assertThat(registered).filteredOn(name -> !described.contains(name)).containsExactly("tags");
    }

    @Test
    void next_ofTenContainersWithEveryField_changesOneImageAlone() {
        RegisterTaskDefinitionRequest whole = EveryField.request();

        RegisterTaskDefinitionRequest next = next(described(whole), whole.tags());

        for (SdkField<?> field : whole.sdkFields()) {
            if (!field.locationName().equals("containerDefinitions")) {
                assertThat((Object) field.getValueOrDefault(next))
                        .as(field.locationName())
                        .isNotNull()
                        .isEqualTo(field.getValueOrDefault(whole));
            }
        }
        assertThat(next.containerDefinitions()).hasSize(EveryField.CONTAINERS);
        for (int i = 0; i < EveryField.CONTAINERS; i++) {
            sameButImage(
                    whole.containerDefinitions().get(i),
                    next.containerDefinitions().get(i),
                    NEW);
        }
    }

    private static void sameButImage(ContainerDefinition before, ContainerDefinition after, String image) {
        for (SdkField<?> field : before.sdkFields()) {
            boolean changed =
                    field.locationName().equals("image") && before.name().equals(DEPLOYED);
            assertThat((Object) field.getValueOrDefault(after))
                    .as(before.name() + "." + field.locationName())
                    .isEqualTo(changed ? image : field.getValueOrDefault(before));
        }
    }

    /** One that was not seen would be called no change at all, and not be registered. */
    @ParameterizedTest
    @MethodSource("paths")
    void changes_ofAnyField_areSeen(String path) {
        RegisterTaskDefinitionRequest before = EveryField.request();
        RegisterTaskDefinitionRequest after = EveryField.changedAt(path);

        if (path.startsWith("tags[].")) {
            assertThat(after.tags()).isNotEqualTo(before.tags());
        } else if (!path.equals("family") && !path.equals("containerDefinitions[].name")) {
            assertThat(DefinitionChanges.between(before, after)).isNotEmpty();
        }
    }

    @Test
    void deploy_ofTenContainersWithEveryField_changesOneImageAndOurTagsAtEcs() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("puma", 1);
        try (Simulation simulation = new Simulation(sandbox, "container: " + DEPLOYED)) {
            RegisterTaskDefinitionRequest wanted = runnable(simulation);
            simulation.serve(live -> wanted.toBuilder());
            EcsGateway.Described before = simulation.gateway.taskDefinition(
                    simulation.gateway.service("puma").taskDefinition());
            String image = simulation.push(Script.GOOD);

            EcsRelease release = simulation.register(image);
            RolloutResult result = simulation.rollOut(release);

            assertThat(result.failure()).isEmpty();
            EcsGateway.Described after = simulation.gateway.taskDefinition(
                    simulation.gateway.service("puma").taskDefinition());
            assertThat(release.lead().arn()).isEqualTo(after.definition().taskDefinitionArn());
            assertThat(image(after.definition())).isEqualTo(image);
            same(before.definition(), after.definition());
            assertThat(values(wanted))
                    .allSatisfy((name, value) -> assertThat(
                                    values(after.definition()).get(name))
                            .as(name)
                            .isNotNull());
            assertThat(after.tags())
                    .filteredOn(tag -> !tag.key().startsWith(ReleaseTags.PREFIX))
                    .containsExactlyInAnyOrderElementsOf(before.tags());
            assertThat(after.tags()).extracting(Tag::key).contains("deployflow:revision", "deployflow:base");
        }
    }

    /** The same where it must be real: what a container listens on, what it depends on, and tags that ECS allows. */
    private static RegisterTaskDefinitionRequest runnable(Simulation simulation) {
        simulation
                .clients
                .parameters()
                .putParameter(request -> request.name("/shop/key").value("key").type("String"));
        RegisterTaskDefinitionRequest every = EveryField.request();
        return every.toBuilder()
                .cpu("1024")
                .memory("2048")
                .tags(Tag.builder().key("team").value("shop").build())
                .containerDefinitions(every.containerDefinitions().stream()
                        .map(container -> container.toBuilder()
                                .secrets(container.secrets().stream()
                                        .map(secret -> secret.toBuilder()
                                                .valueFrom("/shop/key")
                                                .build())
                                        .toList())
                                .portMappings(container.portMappings().stream()
                                        .limit(1)
                                        .map(port -> port.toBuilder()
                                                .containerPort(container.name().equals(DEPLOYED) ? 3000 : 3001)
                                                .build())
                                        .toList())
                                .build())
                        .toList())
                .build();
    }

    private static RegisterTaskDefinitionRequest next(TaskDefinition live, List<Tag> tags) {
        EcsSettings settings = SettingsText.of("container: " + DEPLOYED);
        LiveService service = new LiveService(
                settings.members().get(0), Service.builder().build(), new EcsGateway.Described(live, tags));
        return new NextTaskDefinition(settings).make(service, NEW, Contexts.nowhere());
    }

    /** As ECS describes what was registered. */
    private static TaskDefinition described(RegisterTaskDefinitionRequest request) {
        Map<String, SdkField<?>> given =
                request.sdkFields().stream().collect(Collectors.toMap(SdkField::locationName, Function.identity()));
        TaskDefinition.Builder described = TaskDefinition.builder();
        for (SdkField<?> field : described.sdkFields()) {
            SdkField<?> source = given.get(field.locationName());
            if (source != null) {
                field.set(described, source.getValueOrDefault(request));
            }
        }
        return described
                .taskDefinitionArn("arn:aws:ecs:r:1:task-definition/puma:3")
                .revision(3)
                .status("ACTIVE")
                .registeredAt(Instant.EPOCH)
                .registeredBy("somebody")
                .build();
    }

    /** But for the image, and what ECS computes. */
    private static void same(TaskDefinition before, TaskDefinition after) {
        for (SdkField<?> field : before.sdkFields()) {
            if (!JsonBinder.COMPUTED.contains(field.locationName())
                    && !field.locationName().equals("containerDefinitions")) {
                assertThat((Object) field.getValueOrDefault(after))
                        .as(field.locationName())
                        .isEqualTo(field.getValueOrDefault(before));
            }
        }
        for (int i = 0; i < EveryField.CONTAINERS; i++) {
            sameButImage(
                    before.containerDefinitions().get(i),
                    after.containerDefinitions().get(i),
                    image(after));
        }
    }

    private static String image(TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .filter(container -> container.name().equals(DEPLOYED))
                .findFirst()
                .orElseThrow()
                .image();
    }

    private static List<String> names(SdkPojo pojo) {
        return pojo.sdkFields().stream().map(SdkField::locationName).toList();
    }

    private static Map<String, Object> values(SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .filter(field -> !field.locationName().equals("tags"))
                .filter(field -> field.getValueOrDefault(pojo) != null)
                .collect(Collectors.toMap(SdkField::locationName, field -> field.getValueOrDefault(pojo)));
    }
}
