package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final CliRun cli = CliRun.piped();

    @TempDir
    Path directory;

    @Test
    void run_whenACommandIsMisspelt_suggestsTheRightOne() {
        assertThat(cli.run("depoy", "staging")).isEqualTo(2);
        assertThat(cli.err()).isEqualTo("""
                Failed: 'depoy' is not a command; did you mean 'deploy'?
                remedy: Run 'deployflow --help'.
                """);
        assertThat(cli.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"help, --help", "help deploy, deploy --help", "help flow run, flow run --help"})
    void run_ofHelp_isThatOfTheOption(String words, String sameAs) {
        CliRun other = CliRun.piped();

        assertThat(cli.run(words.split(" "))).isZero();

        assertThat(other.run(sameAs.split(" "))).isZero();
        assertThat(cli.out()).isEqualTo(other.out()).contains("Usage:");
    }

    @Test
    void run_ofHelpForNoCommand_saysSo() {
        assertThat(cli.run("help", "depoy")).isEqualTo(2);
        assertThat(cli.err()).startsWith("Failed: 'depoy' is not a command; did you mean 'deploy'?");
    }

    @Test
    void run_whenTheTerminalIsNarrow_worksAllTheSame() {
        assertThat(CliRun.piped().with("COLUMNS", "20").run("--help")).isZero();
    }

    @Test
    void run_whenAnOptionIsMisspelt_suggestsTheRightOne() {
        assertThat(cli.run("deploy", "staging", "--dryrun")).isEqualTo(2);
        assertThat(cli.err()).startsWith("Failed: '--dryrun' is not an option; did you mean '--dry-run'?");
    }

    @Test
    void run_whenThereIsOneWordTooMany_saysWhich() {
        assertThat(cli.run("status", "staging", "twice")).isEqualTo(2);
        assertThat(cli.err()).startsWith("Failed: 'twice' is one word too many");
    }

    @Test
    void run_whenTheTargetIsMissing_saysSo() {
        assertThat(cli.run("status")).isEqualTo(2);
        assertThat(cli.err()).isEqualTo("""
                Failed: Missing required parameter: 'TARGET'
                remedy: Run 'deployflow status --help'.
                """);
    }

    @Test
    void run_whenTheOutputFormatIsUnknown_namesThose() {
        assertThat(cli.run("status", "staging", "--output", "xml")).isEqualTo(2);
        assertThat(cli.err()).contains("'xml' is not pretty, plain or json");
    }

    @Test
    void run_whenWhatToVerifyIsUnknown_namesWhatThereIs() {
        assertThat(cli.run("deploy", "staging", "--verify", "all")).isEqualTo(2);
        assertThat(cli.err()).contains("'all' is neither changed nor full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verify=full", "--dry-run --verify=changed"})
    void run_whenATargetBringsNoFilesAnywhere_refusesToVerifyThem(String options) {
        String[] words = ("deploy team " + options + " --file " + DeployYml.in(directory)).split(" ");

        assertThat(cli.run(words)).isEqualTo(2);
        assertThat(cli.err()).isEqualTo("""
                Failed: target 'team' cannot be told what to verify: its type, 'team', brings no files anywhere
                remedy: Leave it out: only targets that a directory is deployed to can.
                """);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void run_whenTheTargetIsMisspelt_suggestsTheRightOne() {
        assertThat(cli.run("deploy", "stagin", "--file", DeployYml.in(directory)))
                .isEqualTo(2);
        assertThat(cli.err()).contains("'stagin'").contains("did you mean 'staging'?");
    }

    @Test
    void run_whenThereIsNoDeployFile_namesIt() {
        assertThat(cli.run(
                        "status", "staging", "-f", directory.resolve("none.yml").toString()))
                .isEqualTo(2);
        assertThat(cli.err()).contains("none.yml").doesNotContain("\tat ");
    }

    @Test
    void run_whenTheDeployFileIsBroken_saysWhereAndWhatIsNearest() {
        String file =
                DeployYml.write(directory, "application: shop\ntargets:\n  staging: { type: fake, fals: build }\n");

        assertThat(cli.run("deploy", "staging", "--file", file)).isEqualTo(2);
        assertThat(cli.err()).contains("deploy.yml:3:").contains("fals").contains("fails");
    }

    @Test
    void run_whenAskedForHelp_showsCommandsAndExitCodes() {
        assertThat(cli.run("--help")).isZero();
        assertThat(cli.out()).contains("deploy", "plan", "rollback", "status", "releases", "130 cancelled");
        assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void run_whenAskedForTheVersion_showsTheBuildsOwn() {
        assertThat(cli.run("--version")).isZero();
        assertThat(cli.out()).matches("deployflow [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
    }
}
