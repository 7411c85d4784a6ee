package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import io.deployflow.internal.config.FakeAdapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowMistakesTest {
    private static final String HEAD =
            "application: shop\ntargets:\n  staging: { type: ssh, hosts: [app1], deploy_to: /srv }\nflow:\n";

    @TempDir
    private Path directory;

    /** One line each: the flow, whose first line is the fifth of the file, and the mistake in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "  jobs: { a: { requires: [b], steps: [x] } } | 5:27: there is no job 'b'; the jobs are 'a'",
                "  jobs: { build: { steps: [x] }, b: { requires: [biuld], steps: [x] } }"
                        + " | 5:50: there is no job 'biuld'; did you mean 'build'?",
                "  jobs: { a: { requires: [a], steps: [x] } }"
                        + " | 5:27: jobs wait for each other in a circle: a -> a",
                "  jobs: { a: { requires: [b], steps: [x] }, b: { requires: [c], steps: [x] },"
                        + " c: { requires: [a], steps: [x] } }"
                        + " | 5:95: jobs wait for each other in a circle: a -> b -> c -> a",
                "  jobs: { a: { branches: { only: ['/v(/'] }, steps: [x] } }"
                        + " | 5:34: 'only' has '/v(/', which is no regular expression: Unclosed group",
                "  jobs: { a: { branches: {}, steps: [x] } } | 5:16: 'branches' needs 'only' or 'ignore'",
                "  jobs: { a: { when: on_failure, steps: [x] } }"
                        + " | 5:22: 'when' is on_failure, and the job requires none that could fail",
                "  jobs: { a: { when: allways, steps: [x] } }"
                        + " | 5:22: 'when' must be 'on_success' or 'on_failure' or 'always', is 'allways';"
                        + " did you mean 'always'?",
                "  jobs: { a: { steps: [] } } | 5:23: 'steps' must have at least one step",
                "  jobs: {} | 5:9: 'jobs' names no job",
                "  jobs: { a: { steps: [{ name: x }] } }"
                        + " | 5:24: item 1 of 'steps' says nothing to do: it needs one of",
                "  jobs: { a: { steps: [{ run: x, use: y }] } } | 5:39: there is no step list 'y'",
                "  jobs: { a: { steps: [{ use: l, when: always }] } }"
                        + " | 5:40: 'when' cannot stand beside 'use': give it to the steps of the list",
                "  jobs: { a: { steps: [{ use: l, environment: { A: b } }] } }"
                        + " | 5:47: 'environment' cannot stand beside 'use'",
                "  jobs: { a: { steps: [{ use: l, directory: b }] } } | 5:45: 'directory' cannot stand beside 'use'",
                "  jobs: { a: { steps: [{ use: l, timeout: 5m }] } } | 5:43: 'timeout' cannot stand beside 'use'",
                "  jobs: { a: { steps: [{ use: l, name: b }] } } | 5:40: 'name' cannot stand beside 'use'",
                "  jobs: { a: { timeout: 0s, steps: [x] } } | 5:25: 'timeout' must be longer than 0",
                "  jobs: { a: { services: [pg], steps: [x] } } | 5:27: there is no service 'pg'",
                "  jobs: { 'a b': { steps: [x] } } | 5:9: 'jobs' has 'a b', which is not a name",
                "  jobs: { a: { secrets: [A-B], steps: [x] } }"
                        + " | 5:25: 'secrets' has 'A-B', which does not name a variable",
                "  jobs: { a: { step: [x] } } | 5:16: unknown key 'step'; did you mean 'steps'?",
            })
    void read_whenAFlowHasAMistake_saysWhere(String flow, String mistake) throws IOException {
        Path file = Files.writeString(directory.resolve("deploy.yml"), HEAD + "  " + flow.strip() + "\n");

        assertThatThrownBy(() -> DeployFile.reader().adapters(FakeAdapters.ALL).read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("deploy.yml:" + mistake);
    }

    @Test
    void read_whenOnlyTheFlowNamesAVariableThatIsNotSet_keepsNobodyFromDeploying() throws IOException {
        Path file = Files.writeString(
                directory.resolve("deploy.yml"),
                HEAD + "  environment: { A: '${env:NOT_SET}' }\n  jobs: { a: { steps: [x] } }\n");
        DeployFile read = DeployFile.reader()
                .adapters(FakeAdapters.ALL)
                .environment(name -> null)
                .read(file);

        assertThat(read.targets()).hasSize(1);
        assertThatThrownBy(read::flow)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("deploy.yml:5:21: environment variable 'NOT_SET' is not set");
    }
}
