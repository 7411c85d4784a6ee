package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deployflow.internal.config.FakeAdapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFileMistakesTest {
    private static final String HEAD = "application: shop\ntargets:\n";
    private static final String CLASSIC = HEAD + "  classic:\n    type: ssh\n    hosts: [app1]\n    deploy_to: /srv\n";

    @TempDir
    Path directory;

    @Test
    void read_whenThereAreManyMistakes_tellsAllOfThemByPosition() throws IOException {
        String text = """
                aplication: shop
                exclude: 5
                targets:
                  staging:
                    type: ecs
                    clutser: app-dev
                    image: { build: dockerfil }
                    timeout: soon
                    verify: { url: nowhere }
                  classic:
                    type: ssh
                    hots: [deploy@app1]
                    deploy_to: ${env:DEPLOY_TO}
                    keep_releases: five
                  classic:
                    type: sssh
                """;

        assertThat(failure(text))
                .hasMessage(located(
                        "deploy.yml has 14 mistakes:",
                        "deploy.yml:1:1: missing key 'application' in the file",
                        "deploy.yml:1:1: unknown key 'aplication'; did you mean 'application'?",
                        "deploy.yml:2:10: 'exclude' must be a list of text, is a number",
                        "deploy.yml:4:3: missing key 'cluster' in 'staging'",
                        "deploy.yml:6:5: unknown key 'clutser'; did you mean 'cluster'?",
                        "deploy.yml:7:5: missing key 'repository' in 'image'",
                        "deploy.yml:7:21: 'build' must be 'dockerfile' or 'no_daemon', is 'dockerfil'; did you mean 'dockerfile'?",
                        "deploy.yml:8:14: 'timeout' must be a time such as 500ms, 30s, 5m or 1h, is 'soon'",
                        "deploy.yml:9:20: 'url' must be a URL such as https://host/path, is 'nowhere'",
                        "deploy.yml:10:3: missing key 'hosts' in 'classic'",
                        "deploy.yml:12:5: unknown key 'hots'; did you mean 'hosts'?",
                        "deploy.yml:13:16: environment variable 'DEPLOY_TO' is not set",
                        "deploy.yml:14:20: 'keep_releases' must be a whole number, is 'five'",
                        "deploy.yml:15:3: duplicate key 'classic', already in line 10"));
    }

    @Test
    void read_whenThereIsAMistake_saysWhatToDo() throws IOException {
        assertThat(failure("").remedy()).isEqualTo("correct " + directory.resolve("deploy.yml"));
    }

    @Test
    void read_whenFileIsEmpty_saysSo() throws IOException {
        assertThat(mistakes("")).containsExactly("1:1: the file is empty");
        assertThat(mistakes("# nothing yet\n")).containsExactly("1:1: the file is empty");
    }

    @Test
    void read_whenFileIsNoMap_saysSo() throws IOException {
        assertThat(mistakes("- a\n")).containsExactly("1:1: the file must be a map, is a list");
    }

    @Test
    void read_whenThereAreTwoDocuments_pointsAtTheSecond() throws IOException {
        assertThat(mistakes(CLASSIC + "---\na: 1\n"))
                .containsExactly("8:1: a second document begins here; there must be only one");
    }

    @Test
    void read_whenTargetsAreMissing_saysSo() throws IOException {
        assertThat(mistakes("application: shop\n")).containsExactly("1:1: missing key 'targets' in the file");
        assertThat(mistakes("application: shop\ntargets:\n")).containsExactly("2:1: 'targets' has no value");
        assertThat(mistakes("application: shop\ntargets: {}\n")).containsExactly("2:1: 'targets' names no target");
        assertThat(mistakes("application: shop\ntargets: [a]\n"))
                .containsExactly("2:10: 'targets' must be a map, is a list");
    }

    @Test
    void read_whenApplicationIsNoName_saysWhatANameIs() throws IOException {
        assertThat(mistakes(CLASSIC.replace("shop", "my shop")))
                .containsExactly("1:14: 'application' is not right: application 'my shop' is not a name: use letters,"
                        + " digits, '.', '_' and '-'");
    }

    @Test
    void read_whenTargetHasNoType_listsTheTypes() throws IOException {
        assertThat(mistakes(HEAD + "  a: { hosts: [b] }\n"))
                .containsExactly("3:3: missing key 'type' in 'a'; the types are 'ecs', 'ssh'");
        assertThat(mistakes(HEAD + "  a:\n")).containsExactly("3:3: 'a' has no value");
        assertThat(mistakes(HEAD + "  a: b\n")).containsExactly("3:6: 'a' must be a map, is text");
    }

    @Test
    void read_whenTypeIsUnknown_suggestsAndListsTheTypes() throws IOException {
        assertThat(mistakes(HEAD + "  a: { type: esc }\n"))
                .containsExactly("3:14: unknown type 'esc'; the types are 'ecs', 'ssh'; did you mean 'ecs'?");
        assertThat(mistakes(HEAD + "  a: { type: kubernetes }\n"))
                .containsExactly("3:14: unknown type 'kubernetes'; the types are 'ecs', 'ssh'");
    }

    @Test
    void read_whenThereIsNoAdapter_saysSo() throws IOException {
        Path file = write(HEAD + "  a: { type: ssh }\n");

        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> DeployFile.reader().adapters(List.of()).read(file));

        assertThat(failure).hasMessageEndingWith("3:14: unknown type 'ssh'; there is no adapter on the class path");
    }

    @Test
    void read_whenTypeIsUnknown_checksTheCommonKeysAllTheSame() throws IOException {
        assertThat(mistakes(HEAD + "  a: { type: esc, verify: { expect: x } }\n"))
                .contains("3:19: verify needs a url or a command");
    }

    @Test
    void read_whenKeyIsLikeNoOther_listsTheKeysOfItsPlace() throws IOException {
        assertThat(mistakes("colour: red\n" + CLASSIC))
                .containsExactly(
                        "1:1: unknown key 'colour'; the keys here are 'application', 'source', 'exclude', 'targets', 'flow'");
        assertThat(mistakes(CLASSIC + "    health: { url: 'http://a/', colour: red }\n"))
                .containsExactly("7:33: unknown key 'colour'; the keys here are 'url', 'within'");
    }

    @Test
    void read_whenKeyIsInAnotherSpelling_suggestsSnakeCase() throws IOException {
        assertThat(mistakes(CLASSIC + "    keepReleases: 3\n"))
                .containsExactly("7:5: unknown key 'keepReleases'; did you mean 'keep_releases'?");
    }

    @Test
    void read_whenValueHasAnotherShape_saysWhichItMustHave() throws IOException {
        assertThat(mistakes(CLASSIC.replace("[app1]", "7")))
                .containsExactly("5:12: 'hosts' must be a list of text, is a number");
        assertThat(mistakes(CLASSIC.replace("[app1]", "[app1, [app2]]")))
                .containsExactly("5:19: item 2 of 'hosts' must be text, is a list");
        assertThat(mistakes(CLASSIC.replace("/srv", "{ a: b }")))
                .containsExactly("6:16: 'deploy_to' must be a path, is a map");
        assertThat(mistakes(CLASSIC + "    health: now\n")).containsExactly("7:13: 'health' must be a map, is text");
        assertThat(mistakes(CLASSIC + "    steps: [{ run: a }, b]\n"))
                .containsExactly("7:25: item 2 of 'steps' must be a map, is text");
        assertThat(mistakes(CLASSIC + "    steps: yes\n"))
                .containsExactly("7:12: 'steps' must be a list of maps, is a boolean");
        assertThat(mistakes(CLASSIC + "    health:\n")).containsExactly("7:5: 'health' has no value");
    }

    @Test
    void read_whenScalarIsNoneOfItsType_saysWhatItMustBe() throws IOException {
        assertThat(mistakes(CLASSIC + "    pty: yes\n")).containsExactly("7:10: 'pty' must be true or false, is 'yes'");
        assertThat(mistakes(CLASSIC + "    keep_releases: 010\n"))
                .containsExactly("7:20: 'keep_releases' must be a whole number, is '010'");
        assertThat(mistakes(CLASSIC + "    keep_releases: 3000000000\n"))
                .containsExactly("7:20: 'keep_releases' must be a whole number, is '3000000000'");
        assertThat(mistakes(CLASSIC + "    health: { url: 'localhost:80/up' }\n"))
                .containsExactly("7:20: 'url' must be a URL such as https://host/path, is 'localhost:80/up'");
        assertThat(mistakes(CLASSIC.replace("/srv", "''"))).containsExactly("6:16: 'deploy_to' must be a path, is ''");
    }

    @Test
    void read_whenRecordRefusesAValue_pointsAtItsKeyOrAtTheSection() throws IOException {
        assertThat(mistakes(CLASSIC + "    keep_releases: 1\n"))
                .containsExactly("7:20: 'keep_releases' must be at least 2");
        assertThat(mistakes(CLASSIC + "    health: { url: 'http://a/', within: 0s }\n"))
                .containsExactly("7:5: 'health' leaves no time");
    }

    @Test
    void read_whenVariableHoldsSomethingElse_doesNotShowIt() throws IOException {
        assertThat(mistakes(CLASSIC + "    keep_releases: ${env:TOKEN}\n"))
                .containsExactly("7:20: 'keep_releases' must be a whole number, is '${env:TOKEN}'");
    }

    @Test
    void read_whenVariablesAreNotSet_namesEachOfThemOnly() throws IOException {
        assertThat(mistakes(CLASSIC.replace("/srv", "/${env:A}/${env:TOKEN}/${env:B}")))
                .containsExactly(
                        "6:16: environment variable 'A' is not set", "6:16: environment variable 'B' is not set");
    }

    @Test
    void read_whenYamlIsBroken_saysWhereAndWhat() throws IOException {
        assertThat(mistakes("a: b: c\n")).containsExactly("1:5: not YAML: mapping values are not allowed here");
        assertThat(mistakes("a:\n\t- b\n"))
                .containsExactly("2:1: not YAML: found character '\\t(TAB)' that cannot start any token."
                        + " (Do not use \\t(TAB) for indentation), while scanning for the next token");
        assertThat(mistakes("{a: 1\n"))
                .containsExactly("2:1: not YAML: expected ',' or '}', but got <stream end>,"
                        + " while parsing a flow mapping that begins at 1:1");
    }

    private List<String> mistakes(String text) throws IOException {
        String prefix = directory.resolve("deploy.yml") + ":";
        return String.valueOf(failure(text).getMessage())
                .lines()
                .skip(1)
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private ConfigurationException failure(String text) throws IOException {
        Path file = write(text);
        return catchThrowableOfType(
                ConfigurationException.class,
                () -> DeployFile.reader()
                        .adapters(FakeAdapters.ALL)
                        .environment(Map.of("TOKEN", "hunter2")::get)
                        .read(file));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("deploy.yml"), text);
    }

    private String located(String... lines) {
        return String.join("\n", lines).replaceAll("(?m)^deploy\\.yml", directory.resolve("deploy.yml") + "");
    }
}
