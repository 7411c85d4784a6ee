package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before a deploy, as the command line shows it. */
class ChecksTest {
    private final CliRun cli = CliRun.piped();

    @TempDir
    Path directory;

    private int run(String command, String target, String... rest) {
        return cli.run(Stream.concat(Stream.of(command, target, "--file", DeployYml.in(directory)), Arrays.stream(rest))
                .toArray(String[]::new));
    }

    @Test
    void verify_whenAllIsWell_saysSo() {
        assertThat(run("verify", "staging")).isZero();
        assertThat(cli.out()).isEqualTo("""
                  ok host  app1  answers
                staging: all 1 checks passed
                """);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void verify_whenSomethingIsMissing_saysHowToMendItAndEndsWithEleven() {
        assertThat(run("verify", "push")).isEqualTo(11);
        assertThat(cli.out()).isEqualTo("""
                  ok host         app1       answers
                  x  linked file  app1       shared/.env is not there
                     Put it there:
                     cp .env shared/
                  ?  log group    /ecs/shop  may not be asked
                     Allow logs:DescribeLogGroups.
                """);
        assertThat(cli.err()).isEqualTo("""
                Failed: 1 of 3 checks of push failed: linked file app1
                remedy: What is wrong and how to mend it stands beside each of them.
                """);
    }

    @Test
    void verify_whenSomethingCannotBeAsked_neverSaysYesAndEndsWithEight() {
        assertThat(run("verify", "reach", "--quiet")).isEqualTo(8);
        assertThat(cli.out()).isEqualTo("""
                  ?  log group  /ecs/shop  may not be asked
                     Allow logs:DescribeLogGroups.
                """);
        assertThat(cli.err()).startsWith("Failed: 1 of 2 checks of reach could not be made: log group /ecs/shop\n");
    }

    @Test
    void verify_whenForAProgram_isOneObject() {
        assertThat(run("verify", "push", "--output", "json")).isEqualTo(11);
        assertThat(cli.out())
                .startsWith("{\"event\":\"checks\",\"target\":\"push\",\"exit_code\":11,\"checks\":[{\"name\":\"host\","
                        + "\"unit\":\"app1\",\"outcome\":\"ok\",\"detail\":\"answers\",\"remedy\":\"\"},")
                .contains("\"outcome\":\"failed\"", "\"outcome\":\"unknown\"", "\"failure\":{\"kind\":\"check\",")
                .hasLineCount(1);
    }

    @Test
    void verify_whenAskedForThePolicy_printsItAndNothingElse() {
        assertThat(run("verify", "staging", "--policy")).isZero();
        assertThat(cli.out()).isEqualTo("{\n  \"Version\" : \"2012-10-17\"\n}\n");
        assertThat(run("verify", "staging", "--policy", "--output", "json")).isZero();
        assertThat(cli.out())
                .endsWith("{\"event\":\"policy\",\"target\":\"staging\","
                        + "\"policy\":\"{\\n  \\\"Version\\\" : \\\"2012-10-17\\\"\\n}\"}\n");
    }

    @Test
    void verify_whenTheTargetHasNoPolicy_endsWithTwo() {
        assertThat(run("verify", "reach", "--policy")).isEqualTo(2);
        assertThat(cli.err()).startsWith("Failed: target 'reach' has no policy: its type, 'fake', is under no access");
    }

    @Test
    void verify_whenTheAdapterLooksAtNothing_endsWithTwo() {
        assertThat(run("verify", "configuration")).isEqualTo(2);
        assertThat(cli.err()).startsWith("Failed: target 'configuration' cannot be verified: its type, 'fake', looks");
    }
}
