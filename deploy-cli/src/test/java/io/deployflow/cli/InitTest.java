package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.DeployFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
    private final CliRun cli = CliRun.piped();

    @TempDir
    private Path directory;

    private Path file = Path.of("");
    private String project = "";

    @BeforeEach
    void makeProject() throws IOException {
        Path stages = Files.createDirectories(directory.resolve("shop/config/deploy"));
        Files.writeString(directory.resolve("shop/config/deploy.rb"), "set :application, 'shop'\nset :pty, true\n");
        Files.writeString(stages.resolve("production.rb"), "server 'app1', user: 'deploy', roles: %w{app}\n");
        Files.writeString(stages.resolve("staging.rb"), "server 'staging1', user: 'deploy', roles: %w{app}\n");
        file = directory.resolve("deploy.yml");
        project = directory.resolve("shop").toString();
    }

    @Test
    void init_fromCapistrano_writesAFileThatCanBeDeployedFrom() {
        assertThat(cli.run("init", "--from-capistrano", project, "--file", file.toString()))
                .isZero();

        assertThat(cli.out()).startsWith("Wrote " + file);
        assertThat(cli.err())
                .contains("config/deploy.rb:2: not carried over: set :pty\n")
                .contains("without a terminal");
        DeployFile read = DeployFile.read(file);
        assertThat(read.application().name()).isEqualTo("shop");
        assertThat(read.application().source()).isEqualTo(Path.of(project));
        assertThat(read.targets()).extracting(target -> target.name()).containsExactly("production", "staging");
    }

    @Test
    void init_whereTheFileIsThere_leavesItUnlessForced() throws IOException {
        Files.writeString(file, "mine");

        assertThat(cli.run("init", "--from-capistrano", project, "--file", file.toString()))
                .isEqualTo(2);
        assertThat(file).hasContent("mine");
        assertThat(cli.err()).contains("is there already", "--force");

        assertThat(cli.run("init", "--from-capistrano", project, "--file", file.toString(), "--force"))
                .isZero();
        assertThat(DeployFile.read(file).targets()).hasSize(2);
    }

    @Test
    void init_toPrintOneStage_writesNothing() {
        assertThat(cli.run(
                        "init", "--from-capistrano", project, "--stage", "staging", "-f", file.toString(), "--print"))
                .isZero();

        assertThat(cli.out()).contains("deploy@staging1").doesNotContain("app1");
        assertThat(file).doesNotExist();
    }

    @Test
    void init_withoutCapistranosFiles_namesWhatIsMissing() {
        assertThat(cli.run("init", "--from-capistrano", directory.toString(), "-f", file.toString()))
                .isEqualTo(2);
        assertThat(cli.err()).contains("config/deploy.rb is not there");
        assertThat(cli.run("init")).isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void init_ofAServiceThatIsNotNamedWhole_saysHowAndWritesNothing() {
        assertThat(cli.run("init", "--service", "web", "-f", file.toString())).isEqualTo(2);
        assertThat(cli.err()).contains("'web' names no service", "CLUSTER/SERVICE");
        assertThat(cli.run("init", "--service", "app/web", "--stage", "a", "-f", file.toString()))
                .isEqualTo(2);
        assertThat(cli.run("init", "--service", "app/web", "--from-capistrano", project, "-f", file.toString()))
                .isEqualTo(2);
        assertThat(file).doesNotExist();
    }
}
