package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.DeployOptions;
import io.deployflow.spi.LocalCommand;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A source that a test makes by a script, and opens as a deploy does. */
abstract class SourceStage {
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "Ann",
            "GIT_AUTHOR_EMAIL", "ann@example.org",
            "GIT_COMMITTER_NAME", "Ann",
            "GIT_COMMITTER_EMAIL", "ann@example.org",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "protocol.file.allow",
            "GIT_CONFIG_VALUE_0", "always");

    final List<String> warnings = new ArrayList<>();

    @TempDir
    Path temporary;

    Path source = Path.of(".");

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectory(temporary.resolve("source"));
    }

    final SourceTree open() {
        return open(DeployOptions.defaults());
    }

    final SourceTree open(DeployOptions options, String... exclude) {
        try {
            Path directory = Files.createTempDirectory(temporary, "tree").resolve("out");
            Application application = new Application("shop", source, List.of(exclude));
            return SourceTrees.of(application, options, directory, warnings::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final void sh(String script) throws IOException {
        List<String> output = new ArrayList<>();
        int status = LocalCommand.shell(script, source, AUTHOR).run(output::add, CancellationToken.create());
        assertThat(status).as(String.join("\n", output)).isZero();
    }
}
