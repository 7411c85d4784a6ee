package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.compare.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsTest {
    private static final Edits BY_ITSELF = new Edits(Map.of());

    @TempDir
    private Path source;

    private void make(Edits edits, Scenario scenario, int number) {
        edits.make(scenario, number, source, CancellationToken.create());
    }

    /** An empty line at its end means nothing to any of these formats, but is another content. */
    @ParameterizedTest
    @CsvSource({
        "Gemfile.lock,      'BUNDLED WITH 2.5'",
        "package-lock.json, '{\"lockfileVersion\": 3}'",
        "yarn.lock,         '# yarn lockfile v1'",
        "pnpm-lock.yaml,    'lockfileVersion: 9.0'",
        "poetry.lock,       'package = []'",
        "uv.lock,           'version = 1'",
        "Pipfile.lock,      '{\"default\": {}}'",
        "requirements.txt,  'flask==3.0'",
        "composer.lock,     '{\"packages\": []}'",
        "go.sum,            'example.org/a v1.0.0 h1:abc='",
        "Cargo.lock,        'version = 4'"
    })
    void dependency_ofAnyKindOfLockFile_isALineMoreEachTimeAndNothingElse(String name, String content)
            throws IOException {
        Path file = Files.writeString(source.resolve(name), content + "\n");

        assertThat(BY_ITSELF.missing(Scenario.DEPENDENCY, source)).isEmpty();
        assertThat(BY_ITSELF.describe(Scenario.DEPENDENCY, source)).contains("a line more in " + name);
        make(BY_ITSELF, Scenario.DEPENDENCY, 1);
        assertThat(file).hasContent(content + "\n\n");
        make(BY_ITSELF, Scenario.DEPENDENCY, 2);

        assertThat(Files.readString(file)).isEqualTo(content + "\n\n\n");
        assertThat(source.toFile().list()).containsExactly(name);
    }

    @Test
    void dependency_whereThereAreTwoLockFiles_isChangedInTheOneThatWasNamed() throws IOException {
        Path ruby = Files.writeString(source.resolve("Gemfile.lock"), "GEM\n");
        Path script = Files.writeString(source.resolve("yarn.lock"), "# v1\n");

        make(BY_ITSELF, Scenario.DEPENDENCY, 1);

        assertThat(BY_ITSELF.describe(Scenario.DEPENDENCY, source)).contains("a line more in Gemfile.lock");
        assertThat(Files.readString(ruby)).isEqualTo("GEM\n\n");
        assertThat(Files.readString(script)).isEqualTo("# v1\n");
    }

    @Test
    void dependency_whereNoLockFileLiesAtTheTop_isMissing() throws IOException {
        Files.createDirectory(source.resolve("yarn.lock"));
        Files.writeString(Files.createDirectory(source.resolve("web")).resolve("package-lock.json"), "{}");
        Files.writeString(source.resolve("gradle.lockfile"), "");

        assertThat(BY_ITSELF.missing(Scenario.DEPENDENCY, source).orElseThrow())
                .contains("no lock file that is known here", "--edit dependency='COMMAND'");
        assertThat(BY_ITSELF.describe(Scenario.DEPENDENCY, source)).isEmpty();
    }

    @Test
    void dependency_byACommand_isThatCommandAloneWithTheNumberOfTheChange() throws IOException {
        Path file = Files.writeString(source.resolve("go.sum"), "a\n");
        Edits edits = new Edits(Map.of(Scenario.DEPENDENCY, "echo $DEPLOYFLOW_RUN > Makefile.PL"));

        assertThat(edits.missing(Scenario.DEPENDENCY, source)).isEmpty();
        make(edits, Scenario.DEPENDENCY, 7);

        assertThat(Files.readString(source.resolve("Makefile.PL"))).isEqualTo("7\n");
        assertThat(Files.readString(file)).isEqualTo("a\n");
    }

    @Test
    void command_thatFails_isToldWithWhatItSaidLast() {
        Edits edits = new Edits(Map.of(Scenario.BROKEN, "seq 1 9; exit 3"));

        assertThatThrownBy(() -> make(edits, Scenario.BROKEN, 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the command that changes the source for 'broken' ended with 3: seq 1 9; exit 3"
                        + "\n5\n6\n7\n8\n9")
                .extracting(thrown -> ((DeployException) thrown).remedy())
                .asString()
                .contains("--edit broken");
    }
}
