package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to a target between deploys, as the command line shows it. */
class OperationsTest {
    private CliRun cli = CliRun.piped();

    @TempDir
    Path directory;

    private int run(String command, String target, String... rest) {
        return cli.run(Stream.concat(Stream.of(command, target, "--file", DeployYml.in(directory)), Arrays.stream(rest))
                .toArray(String[]::new));
    }

    @Test
    void lock_whenNobodyHasLocked_showsEveryUnitAndHowToUnlock() {
        assertThat(run("lock", "staging", "--reason", "moving the database")).isZero();
        assertThat(cli.out()).isEqualTo("""
                  ok app1   locked  moving the database
                  ok app-2  locked  moving the database
                staging: locked; 'unlock' lets deploys in again
                """);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void lock_whenSomebodyHas_endsWithSevenAndNamesThatOne() {
        assertThat(run("lock", "lock")).isEqualTo(7);
        assertThat(cli.err()).isEqualTo("""
                Failed: app1: locked by hand by bob@desk since 10:02: lunch
                remedy: Ask bob.
                """);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void unlock_whenForced_saysWhoseLockItWas() {
        assertThat(run("unlock", "staging", "--force")).isZero();
        assertThat(cli.out())
                .contains("ok app1   unlocked  taken away from bob@desk")
                .endsWith("staging: unlocked\n");
    }

    @Test
    void exec_whenAskedForHelp_saysWhereTheCommandStands() {
        assertThat(cli.run("exec", "--help")).isZero();
        assertThat(cli.out())
                .startsWith("Usage: deployflow exec [OPTION]... TARGET -- WORD...\n")
                .contains("--role=ROLE");
        assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void maintenance_whenOn_givesThePageItsWordsAndWarns() {
        assertThat(run("maintenance", "staging", "on", "--reason", "new disks", "--until", "at noon"))
                .isZero();
        assertThat(cli.out()).isEqualTo("""
                  ok app1   up  new disks at noon
                  ok app-2  up  new disks at noon
                staging: the maintenance page is up
                """);
        assertThat(cli.err()).isEqualTo("warning: app1: public/system is not linked\n");
    }

    @Test
    void maintenance_whenAUnitFails_namesItAndEndsWithTen() {
        assertThat(run("maintenance", "reach", "off")).isEqualTo(10);
        assertThat(cli.out()).isEqualTo("""
                  ok app1   down    - -
                  x  app-2  failed  no route to host
                """);
        assertThat(cli.err()).endsWith("""
                Failed: app-2: no route to host
                where:  app-2
                remedy: Look at app-2.
                reach: maintenance failed on 1 of 2
                """);
    }

    @Test
    void maintenance_whenNeitherOnNorOff_saysSo() {
        assertThat(run("maintenance", "staging", "up")).isEqualTo(2);
        assertThat(cli.err()).contains("'up' is neither on nor off");
    }

    @Test
    void exec_whenItSucceeds_showsNothingButWhatTheUnitsWrite() {
        assertThat(run("exec", "staging", "--", "ls", "-l", "--help")).isZero();
        assertThat(cli.out()).isEqualTo("""
                app1  | ls
                app1  | -l
                app1  | --help
                app-2 |\s
                """);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void exec_whenAWordLooksLikeAFile_givesTheWord() throws IOException {
        Path file = Files.writeString(directory.resolve("words"), "of the file");

        assertThat(run("exec", "staging", "--", "echo", "@" + file, "@@y", "@nowhere"))
                .isZero();
        assertThat(cli.out()).contains("app1  | @" + file + "\n", "app1  | @@y\n", "app1  | @nowhere\n");
    }

    @ParameterizedTest
    @CsvSource({
        "build, 3, 'Failed: 1 of 2 hosts failed: app-2 (exit status 3)'",
        "reach, 255, 'Failed: 1 of 2 hosts failed: app-2 (not answered)'"
    })
    void exec_whenAUnitFails_endsWithTheHighestStatusAndOneLine(String target, int status, String line) {
        assertThat(run("exec", target, "--quiet", "--", "false")).isEqualTo(status);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).isEqualTo(line + "\n");
    }

    @Test
    void exec_onATerminal_coloursEachUnitsNameAndSaysWhenAllIsDone() {
        cli = CliRun.onTerminal();

        assertThat(run("exec", "staging", "--", "uptime")).isZero();
        assertThat(cli.out()).isEqualTo("\u001b[36mapp1  | \u001b[0muptime\n\u001b[33mapp-2 | \u001b[0m\n");
        assertThat(cli.err()).isEqualTo("\u001b[2m\u001b[1mstaging\u001b[0m: done on 2 units\u001b[0m\n");
    }

    @Test
    void exec_forAProgram_isEventsAndAnObject() {
        assertThat(run("exec", "build", "--output", "json", "--", "uptime")).isEqualTo(3);
        assertThat(cli.out()).isEqualTo("""
                {"event":"unit_changed","at":"T","target":"build","phase":"operation","unit":"app1","state":"waiting","detail":""}
                {"event":"unit_changed","at":"T","target":"build","phase":"operation","unit":"app-2","state":"waiting","detail":""}
                {"event":"output","at":"T","target":"build","phase":"operation","unit":"app1","line":"uptime"}
                {"event":"output","at":"T","target":"build","phase":"operation","unit":"app-2","line":""}
                {"event":"operation","target":"build","operation":"exec","exit_code":3,"units":[\
                {"unit":"app1","succeeded":true,"state":"exited","detail":"exit status 0","status":0,"took_ms":0},\
                {"unit":"app-2","succeeded":false,"state":"exited","detail":"","status":3,"took_ms":0}],\
                "warnings":[],"failure":{"kind":"operation","message":"1 of 2 hosts failed: app-2 (exit status 3)",\
                "remedy":"","unit":null,"phase":null}}
                """);
    }

    @Test
    void exec_withoutACommand_saysWhatIsMissing() {
        assertThat(run("exec", "staging")).isEqualTo(2);
        assertThat(cli.err()).contains("WORD");
    }

    @Test
    void run_givesTheCommandToTheTargetAndEndsWithItsStatus() {
        assertThat(run("run", "staging", "--env", "A=1", "--env", "B=x=y", "--container", "app", "--", "rake", "-T"))
                .isZero();
        assertThat(cli.out()).isEqualTo("app1 | [rake, -T] app - {A=1, B=x=y}\n");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void run_whenTheCommandFails_endsWithItsStatus() {
        assertThat(run("run", "build", "--revision", "4be02d1", "--", "false")).isEqualTo(3);
        assertThat(cli.out()).isEqualTo("app1 | [false] - 4be02d1 {}\n");
        assertThat(cli.err()).isEqualTo("Failed: task app1 exited with 3\n");
    }

    @Test
    void logs_asksForWhatIsWanted() {
        assertThat(run("logs", "staging", "--follow", "--since", "2h", "--task", "ab12", "--container", "app"))
                .isZero();
        assertThat(cli.out())
                .isEqualTo("app1 | LogQuery[follow=true, since=Optional[PT2H], unit=Optional[ab12],"
                        + " container=Optional[app]]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "0m", "5", "1d"})
    void logs_sinceWhatIsNoTime_saysWhatIs(String since) {
        assertThat(run("logs", "staging", "--since", since)).isEqualTo(2);
        assertThat(cli.err()).contains("'" + since + "' is no time such as 30s, 10m or 2h");
    }

    @Test
    void scale_showsWhatItWasAndIs() {
        assertThat(run("scale", "staging", "5")).isZero();
        assertThat(cli.out()).isEqualTo("""
                  ok app1   scaled  2 -> 5
                  ok app-2  scaled  2 -> 5
                staging: scaled
                """);
    }

    @Test
    void releases_whenPruned_showsWhatIsGone() {
        assertThat(run("releases", "staging", "--prune")).isZero();
        assertThat(cli.out()).isEqualTo("""
                  ok app1   pruned  removed 20251224180000
                  ok app-2  pruned  removed 20251224180000
                staging: pruned
                """);
    }

    @Test
    void releases_whenThereIsNothingToPrune_saysSo() {
        assertThat(run("releases", "lock", "--prune")).isZero();
        assertThat(cli.out()).endsWith("lock: nothing to prune\n");
    }

    @ParameterizedTest
    @CsvSource({"lock", "unlock", "releases --prune", "exec -- true", "run -- true", "logs", "scale 2", "maintenance on"
    })
    void operation_whereTheAdapterHasNone_saysSoInOneSentence(String command) {
        String[] words = command.split(" ", 2);
        String[] rest = words.length == 1 ? new String[0] : words[1].split(" ", -1);

        assertThat(run(words[0], "configuration", rest)).isEqualTo(2);
        assertThat(cli.err())
                .startsWith("Failed: target 'configuration' has no '")
                .contains("its type, 'fake', does not know it");
    }
}
