package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.spi.DeployContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/** Images that would start nothing that stays, or not what they were to start. */
class StartCheckTest extends LayersStages {
    private static final String POM = "<project/>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Cmd\":[\"jshell\"]",
                "\"Entrypoint\":[\"/__cacert_entrypoint.sh\"],\"Cmd\":[\"jshell\"]",
                "\"Cmd\":[\"/bin/bash\"]",
                "\"Cmd\":[\"python3\"]",
                "\"Entrypoint\":[\"/usr/bin/java\",\"-jar\"]",
                "\"Entrypoint\":[\"/usr/bin/python3.11\"],\"Cmd\":null"
            })
    void shell_ofTheBaseImage_isWarnedOf(String starts) {
        starts(starts);

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("of its base image, which ends at once", "neither pom.xml nor src/main/java has a main class")
                .contains("Set 'image.layers.command', such as [java, com.example.Main]")
                .endsWith("; or give the task definition a command");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Cmd\":[\"catalina.sh\",\"run\"]",
                "\"Entrypoint\":[\"/start.sh\"]",
                "\"Cmd\":[\"sh\",\"/start.sh\"]",
                "\"Entrypoint\":[\"java\",\"-jar\",\"/app.jar\"]",
                "\"Cmd\":[\"python3\",\"-m\",\"server\"]"
            })
    void program_ofTheBaseImage_isNot(String starts) {
        starts(starts);

        assertThat(warnings()).isEmpty();
    }

    @Test
    void nothing_isWarnedOf_byAPlanAndByTheBuild() {
        starts("\"Cmd\":[]");
        DeployContext context = stage.context("2222222222");

        stage.road("cache", context).plan().preview(ImageReference.parse("team/app:2222222222"), context);
        assertThat(stage.warnings()).singleElement().asString().contains("the image starts nothing");
        stage.events.clear();

        assertThat(warnings()).singleElement().asString().contains("the image starts nothing");
    }

    @Test
    void command_orEntrypointOfTheSettings_isNotDoubted() {
        starts("\"Cmd\":[\"jshell\"]");

        assertThat(warnings("    command: [sh]\n")).isEmpty();
        assertThat(warnings("    entrypoint: [sh]\n")).isEmpty();
    }

    @Test
    void taskDefinition_thatHasACommand_isEnough_andOneThatHasNoneIsNot() {
        starts("\"Cmd\":[\"jshell\"]");
        ContainerDefinition.Builder container = ContainerDefinition.builder();
        stage.containers = List.of(
                container.command("java", "A").build(),
                container.command(List.of()).entryPoint("run").build());
        assertThat(warnings()).isEmpty();

        stage.containers = List.of(container.entryPoint(List.of()).build());
        assertThat(warnings()).singleElement().asString().endsWith("such as [java, com.example.Main]");
    }

    @Test
    void command_thatWouldBecomeArguments_isWarnedOf() {
        stage.write("src/main/java/App.java", "class App {\n public static void main(String[] args) {}\n}\n");
        starts("\"Entrypoint\":[\"/usr/bin/java\",\"-jar\"]");

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("'java App' (the only main class) becomes arguments", "'/usr/bin/java -jar'");
        starts("\"Entrypoint\":[\"/__cacert_entrypoint.sh\"],\"Cmd\":[\"jshell\"]");
        stage.events.clear();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void port_thatNothingTells_isWarnedOf() {
        stage.write("Procfile", "web: gunicorn -b :$PORT app:app");
        starts("\"Cmd\":[\"python3\"]");
        String python = "    kind: python\n";

        assertThat(warnings(python)).singleElement().asString().contains("uses $PORT", "'image.layers.ports'");
        stage.events.clear();
        assertThat(warnings(python, "    ports: [8000]\n")).isEmpty();
        assertThat(warnings(python, "    environment: { PORT: \"80\" }\n")).isEmpty();
        stage.containers = List.of(ContainerDefinition.builder()
                .environment(
                        List.of(KeyValuePair.builder().name("PORT").value("1").build()))
                .build());
        assertThat(warnings(python)).isEmpty();
    }

    /** The layers themselves are made without Maven: they are not what is looked at. */
    private List<String> warnings(String... more) {
        DeployContext context = stage.context("1111111111");
        stage.road("cache" + stage.events.size(), context, more)
                .plan()
                .preview(ImageReference.parse("team/app:1111111111"), context);
        return stage.warnings();
    }

    private void starts(String json) {
        stage.write("pom.xml", POM);
        stage.starts = json;
        stage.putBase("layer one");
    }
}
