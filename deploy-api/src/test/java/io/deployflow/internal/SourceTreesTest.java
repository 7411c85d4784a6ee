package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployOptions;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SourceTreesTest extends SourceStage {
    @Test
    void directory_ofACommit_holdsFilesModesLinksAndOddNames() throws IOException {
        sh("git init -q . && printf one > one && printf run > run.sh && chmod +x run.sh && ln -s one link"
                + " && mkdir 'a dir' && printf x > \"$(printf 'a dir/new\\nline')\" && printf y > ./-dash"
                + " && git add . && git commit -qm first");

        Path tree = open().directory();

        assertThat(tree.resolve("one")).hasContent("one");
        assertThat(Files.isExecutable(tree.resolve("run.sh"))).isTrue();
        assertThat(Files.isExecutable(tree.resolve("one"))).isFalse();
        assertThat(Files.readSymbolicLink(tree.resolve("link"))).hasToString("one");
        assertThat(tree.resolve("a dir/new\nline")).hasContent("x");
        assertThat(tree.resolve("-dash")).hasContent("y");
        assertThat(tree.resolve(".git")).doesNotExist();
    }

    @Test
    void directory_ofACommit_leavesOutExportIgnoredAndExcluded() throws IOException {
        sh("git init -q . && mkdir spec log && touch spec/a log/b keep && echo '/spec export-ignore' > .gitattributes"
                + " && git add . && git commit -qm first");

        Path tree = open(DeployOptions.defaults(), "log").directory();

        assertThat(tree.resolve("keep")).exists();
        assertThat(tree.resolve("spec")).doesNotExist();
        assertThat(tree.resolve("log")).doesNotExist();
    }

    @Test
    void branch_whenTheIndexIsOutOfDate_leavesItAsItIs() throws IOException {
        sh("git init -q . && touch a && git add . && git commit -qm first && touch -d '2 days ago' a");
        byte[] index = Files.readAllBytes(source.resolve(".git/index"));

        open().branch();

        assertThat(source.resolve(".git/index")).hasBinaryContent(index);
    }

    @Test
    void directory_ofASubdirectoryOfARepository_holdsOnlyThat() throws IOException {
        sh("git init -q . && mkdir app && touch app/a other && git add . && git commit -qm first");
        source = source.resolve("app");

        Path tree = open().directory();

        assertThat(tree.resolve("a")).exists();
        assertThat(tree.resolve("app")).doesNotExist();
        assertThat(tree.resolve("other")).doesNotExist();
    }

    @Test
    void directory_ofACommitWithASubmodule_holdsItsFiles() throws IOException {
        sh("git init -q ../lib && cd ../lib && echo lib > lib.rb && git add . && git commit -qm lib");
        sh("git init -q . && git submodule --quiet add ../lib vendor/lib && git commit -qm first");

        assertThat(open().directory().resolve("vendor/lib/lib.rb")).hasContent("lib\n");
    }

    @Test
    void directory_whenASubmoduleIsNotCheckedOut_saysHowToGetIt() throws IOException {
        sh("git init -q ../lib && cd ../lib && echo lib > lib.rb && git add . && git commit -qm lib");
        sh("git init -q . && git submodule --quiet add ../lib vendor/lib && git commit -qm first"
                + " && git submodule --quiet deinit -f vendor/lib");
        SourceTree tree = open();

        assertThatThrownBy(tree::directory)
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("vendor/lib")
                .extracting(thrown -> ((BuildException) thrown).remedy())
                .asString()
                .contains("git submodule update --init");
    }

    @Test
    void directory_whenARevisionIsNamed_holdsThatOne() throws IOException {
        sh("git init -q . && echo 1 > a && git add . && git commit -qm one && git tag v1"
                + " && echo 2 > a && git commit -qam two");

        assertThat(open(DeployOptions.defaults().withRevision("v1")).directory().resolve("a"))
                .hasContent("1\n");
        assertThat(warnings).isEmpty();
    }

    @Test
    void branch_isTheOneThatIsCheckedOut_orWhatWasAskedFor() throws IOException {
        sh("git init -q . && echo 1 > a && git add . && git commit -qm one && git checkout -qb 'topic/#1'");

        assertThat(open().branch()).contains("topic/#1");
        assertThat(open(DeployOptions.defaults().withRevision("HEAD")).branch()).contains("HEAD");
        sh("git checkout -q --detach");
        assertThat(open().branch()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void branch_whenThereAreUncommittedChanges_warnsOnceThatHeadIsDeployed() throws IOException {
        sh("git init -q . && echo 1 > a && git add . && git commit -qm one && echo 2 > a && touch b");
        SourceTree tree = open();

        tree.branch();
        tree.branch();

        assertThat(tree.directory().resolve("a")).hasContent("1\n");
        assertThat(warnings).containsExactly("2 uncommitted changes are not deployed: HEAD is");
    }

    @Test
    void revision_whenItIsNotThere_isAConfigurationError() throws IOException {
        sh("git init -q . && touch a && git add . && git commit -qm one");
        SourceTree tree = open(DeployOptions.defaults().withRevision("--all"));

        assertThatThrownBy(tree::revision)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'--all' is not a commit");
    }

    @Test
    void revision_whenTheSourceIsMissing_saysWhichDirectory() {
        source = source.resolve("nowhere");
        SourceTree tree = open();

        assertThatThrownBy(tree::revision)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nowhere is not a directory");
    }

    @Test
    void apart_inAHookOfGits_keepsNoneOfItsVariables() {
        ProcessBuilder inAHook = new ProcessBuilder("git");
        Git.HOOK_VARIABLES.forEach(name -> inAHook.environment().put(name, "/hook"));
        inAHook.environment().put("GIT_SSH_COMMAND", "ssh -v");

        assertThat(Git.apart(inAHook).environment())
                .doesNotContainKeys(Git.HOOK_VARIABLES.toArray(String[]::new))
                .containsKey("GIT_SSH_COMMAND");
    }

    @Test
    void everyReading_whenTheCommitDoesNotHaveTheDirectory_saysSo() throws IOException {
        sh("git init -q . && touch a && git add . && git commit -qm one && mkdir app && touch app/new");
        source = source.resolve("app");
        SourceTree tree = open();

        for (ThrowingCallable reading : List.<ThrowingCallable>of(tree::listing, tree::outline, tree::directory)) {
            assertThatThrownBy(reading)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageEndingWith(" has no directory app/");
        }
    }
}
