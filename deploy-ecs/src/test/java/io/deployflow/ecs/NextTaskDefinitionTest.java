package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What the deploy file says of a task definition, and what its own file says. */
@SuppressWarnings("unchecked") // The SDK takes a builder of a list as generic varargs.
class NextTaskDefinitionTest {
    private static final String IMAGE = "repo@sha256:new";
    private static final EcsGateway.Described LIVE = new EcsGateway.Described(
            TaskDefinition.builder()
                    .taskDefinitionArn("arn:aws:ecs:r:1:task-definition/puma:17")
                    .family("puma")
                    .cpu("256")
                    .containerDefinitions(
                            container("app").toBuilder()
                                    .command("old")
                                    .environment(variable("A", "1"), variable("B", "2"))
                                    .secrets(Secret.builder()
                                            .name("S")
                                            .valueFrom("s")
                                            .build())
                                    .build(),
                            container("nginx"))
                    .build(),
            List.of());

    @TempDir
    Path source;

    private static ContainerDefinition container(String name) {
        return ContainerDefinition.builder().name(name).image(name + ":1").build();
    }

    private static KeyValuePair variable(String name, String value) {
        return KeyValuePair.builder().name(name).value(value).build();
    }

    private RegisterTaskDefinitionRequest make(String... keys) {
        DeployContext context = Contexts.in(source);
        EcsSettings settings = SettingsText.of(keys);
        LiveService service =
                new LiveService(settings.members().get(0), Service.builder().build(), LIVE);
        return new NextTaskDefinition(settings).make(service, IMAGE, context);
    }

    private void file(String json) throws IOException {
        Files.writeString(source.resolve("task.json"), json);
    }

    @Test
    void make_withOverrides_changesWhatTheyNameAlone() {
        RegisterTaskDefinitionRequest next = make(
                "container: app",
                "environment: { B: three, C: '4' }",
                "secrets: { A: /shop/a }",
                "command: [bin/serve, --port, '80']",
                "task: { cpu: 512, memory: 1024 }",
                "containers: { app: { unset: [S], memory: 700 }, nginx: { cpu: 10, memory_reservation: 64 } }");

        ContainerDefinition app = next.containerDefinitions().get(0);
        assertThat(app.image()).isEqualTo(IMAGE);
        assertThat(app.environment())
                .extracting(pair -> pair.name() + "=" + pair.value())
                .containsExactly("B=three", "C=4");
        assertThat(app.secrets())
                .extracting(secret -> secret.name() + "=" + secret.valueFrom())
                .containsExactly("A=/shop/a");
        assertThat(app.command()).containsExactly("bin/serve", "--port", "80");
        assertThat(app.memory()).isEqualTo(700);
        ContainerDefinition nginx = next.containerDefinitions().get(1);
        assertThat(nginx.image()).isEqualTo("nginx:1");
        assertThat(nginx.cpu()).isEqualTo(10);
        assertThat(nginx.memoryReservation()).isEqualTo(64);
        assertThat(next.cpu()).isEqualTo("512");
        assertThat(next.memory()).isEqualTo("1024");
    }

    /** ECS takes a name twice, and one without a value. */
    @Test
    void apply_ofSettingsThatNameOneVariable_leavesTheOthersAsTheyAre() {
        ContainerDefinition odd = container("app").toBuilder()
                .environment(
                        variable("A", "1"),
                        KeyValuePair.builder().name("EMPTY").build(),
                        variable("B", "2"),
                        variable("A", "3"))
                .build();

        assertThat(ContainerOverrides.apply(
                                SettingsText.of("environment: { B: two, C: '4' }")
                                        .own(),
                                odd)
                        .environment())
                .containsExactly(
                        odd.environment().get(0),
                        odd.environment().get(1),
                        variable("B", "two"),
                        odd.environment().get(3),
                        variable("C", "4"));
        assertThat(ContainerOverrides.apply(SettingsText.of().own(), odd)).isEqualTo(odd);
    }

    @Test
    void make_forAContainerThatIsNotThere_namesTheNearest() {
        assertThatThrownBy(() -> make("container: app", "containers: { ngins: { cpu: 1 } }"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("task definition puma:17 has no container 'ngins'; it has: app, nginx")
                .extracting(failure -> ((ConfigurationException) failure).remedy())
                .isEqualTo("Did you mean 'containers: nginx'?");
    }

    @Test
    void make_fromAFile_isThatFileWithTheImageAndTheOverrides() throws IOException {
        file("""
                { "taskDefinition": { "revision": 17, "status": "ACTIVE", "requiresCompatibilities": ["FARGATE"],
                  "cpu": 256, "memory": "512",
                  "containerDefinitions": [
                    { "name": "app", "image": "placeholder", "stopTimeout": 7, "healthCheck": { "command": ["CMD", "true"] },
                      "environment": [{ "name": "REVISION", "value": "{revision}" }, { "name": "SH", "value": "$${A} {x}" }] },
                    { "name": "sidekiq", "image": "{image}", "dockerLabels": { "a": "b" }, "essential": false } ] },
                  "tags": [{ "key": "team", "value": "shop" }] }
                """);

        RegisterTaskDefinitionRequest next =
                make("container: app", "task_definition: task.json", "containers: { sidekiq: { cpu: 64 } }");

        assertThat(next.family()).isEqualTo("puma");
        assertThat(next.cpu()).isEqualTo("256");
        assertThat(next.requiresCompatibilities()).containsExactly(Compatibility.FARGATE);
        assertThat(next.containerDefinitions())
                .extracting(ContainerDefinition::image)
                .containsExactly(IMAGE, IMAGE);
        assertThat(next.containerDefinitions().get(0).stopTimeout()).isEqualTo(7);
        assertThat(next.containerDefinitions().get(0).environment())
                .extracting(pair -> pair.value())
                .containsExactly("a".repeat(40), "${A} {x}");
        assertThat(next.containerDefinitions().get(1).dockerLabels()).containsEntry("a", "b");
        assertThat(next.containerDefinitions().get(1).cpu()).isEqualTo(64);
        assertThat(next.tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("shop"));
    }

    @Test
    void make_fromAFileWithMistakes_namesAllOfThemByLine() throws IOException {
        file("""
                {
                  "containerDefinitons": [],
                  "containerDefinitions": [
                    { "name": "app", "image": "${env:NOT_SET_ANYWHERE}", "cpu": "256",
                      "healthCheck": { "comand": ["CMD"] }, "environment": { "A": "hunter2" } } ]
                }
                """);

        assertThatThrownBy(() -> make("container: app", "task_definition: task.json"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        task.json:2:3: unknown key 'containerDefinitons'; did you mean 'containerDefinitions'?
                        task.json:4:31: environment variable 'NOT_SET_ANYWHERE' is not set
                        task.json:4:65: 'cpu' must be a number, is text
                        task.json:5:24: unknown key 'comand'; did you mean 'command'?
                        task.json:5:60: 'environment' must be a list, is an object""");
    }

    @Test
    void make_fromAFileThatIsNoJson_saysWhere() throws IOException {
        file("{\n  \"family\": \"puma\",\n  \"family\": \"puma\"\n}");

        assertThatThrownBy(() -> make("task_definition: task.json"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("task.json:3:")
                .hasMessageContaining("family");
    }

    @Test
    void make_fromAFileThatIsNotThere_saysWhereItIsLookedFor() {
        assertThatThrownBy(() -> make("task_definition: nowhere.json"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("there is no task definition 'nowhere.json' in the source");
    }
}
