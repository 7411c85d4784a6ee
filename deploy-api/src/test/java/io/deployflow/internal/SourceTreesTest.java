package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.Revision;
import io.deployflow.spi.LocalCommand;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreesTest {
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "Ann",
            "GIT_AUTHOR_EMAIL", "ann@example.org",
            "GIT_COMMITTER_NAME", "Ann",
            "GIT_COMMITTER_EMAIL", "ann@example.org",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "protocol.file.allow",
            "GIT_CONFIG_VALUE_0", "always");

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    Path temporary;

    Path source = Path.of(".");

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectory(temporary.resolve("source"));
    }

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
    void revision_ofAPlainDirectory_followsContentNamesAndModesAlone() throws IOException {
        sh("mkdir d && echo 1 > d/a && ln -s a d/l && echo skip > skip.log");
        Revision first = open(DeployOptions.defaults(), "*.log").revision();
        sh("touch -d 2001-01-01 d/a && echo other > skip.log");
        assertThat(open(DeployOptions.defaults(), "*.log").revision()).isEqualTo(first);
        assertThat(first.kind()).isEqualTo(Revision.Kind.DIGEST);

        sh("chmod +x d/a");
        Revision executable = open(DeployOptions.defaults(), "*.log").revision();
        sh("mv d/a d/b");
        Revision renamed = open(DeployOptions.defaults(), "*.log").revision();
        assertThat(List.of(first, executable, renamed)).doesNotHaveDuplicates();
    }

    @Test
    void directory_ofAPlainDirectory_isACopy() throws IOException {
        sh("echo 1 > a");

        Path tree = open().directory();
        Files.writeString(tree.resolve("a"), "changed");

        assertThat(source.resolve("a")).hasContent("1\n");
    }

    @Test
    void directory_ofAPlainDirectoryThatIsWrittenTo_namesTheFile() throws IOException {
        Path file = Files.writeString(source.resolve("export.csv"), "line\n");
        AtomicBoolean isWriting = new AtomicBoolean(true);
        Thread writer = new Thread(() -> writeWhile(isWriting, file));
        writer.start();
        try {
            assertThatThrownBy(this::copyUntilItFails)
                    .isInstanceOf(BuildException.class)
                    .hasMessage(file + " changed while it was copied")
                    .extracting(thrown -> ((BuildException) thrown).remedy())
                    .asString()
                    .contains("when nothing writes into the source");
        } finally {
            isWriting.set(false);
        }
    }

    /** A copy may well be made between two writes. */
    private void copyUntilItFails() {
        for (int tries = 0; tries < 1000; tries++) {
            open().directory();
        }
    }

    /** Another content at each moment, of the same size. */
    private static void writeWhile(AtomicBoolean isWanted, Path file) {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int number = 0; isWanted.get(); number++) {
                out.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, number), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void revision_whenOneIsNamedForAPlainDirectory_isAConfigurationError() {
        SourceTree tree = open(DeployOptions.defaults().withRevision("v1"));

        assertThatThrownBy(tree::revision).isInstanceOf(ConfigurationException.class);
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
    void revision_whenGitCannotReadTheRepository_saysSoAndTakesNoPlainDirectory() throws IOException {
        sh("git init -q . && git config core.repositoryFormatVersion 99 && mkdir app && echo secret > app/ignored");
        source = source.resolve("app");
        SourceTree tree = open();

        assertThatThrownBy(tree::revision)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("git does not read the repository " + temporary.toRealPath() + "/source: ")
                .hasMessageContaining("99");
    }

    @Test
    void refusal_whenSomebodyElseOwnsTheRepository_saysHowToTrustIt() throws IOException {
        sh("git init -q .");

        assertThatThrownBy(() -> GitRefusal.orNowhere(
                        source,
                        "fatal: detected dubious ownership in repository at '/srv'\nTo add an exception, call:\n"
                                + "\n\tgit config --global --add safe.directory /srv"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith(": fatal: detected dubious ownership in repository at '/srv'")
                .extracting(thrown -> ((ConfigurationException) thrown).remedy())
                .isEqualTo("Run: git config --global --add safe.directory " + source.toRealPath());
    }

    @Test
    void refusal_withoutAGitCommand_isForRepositoriesOnly() throws IOException {
        IOException missing = new IOException("Cannot run program \"git\"");
        assertThat(GitRefusal.orNowhere(source, missing).isWorkTree()).isFalse();
        sh("git init -q .");

        assertThatThrownBy(() -> GitRefusal.orNowhere(source, missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Cannot run program \"git\"")
                .extracting(thrown -> ((ConfigurationException) thrown).remedy())
                .isEqualTo("Install git: what is deployed is a commit.");
        Git.Answer ended = new Git.Answer(143, "", "");
        assertThatThrownBy(() -> GitEndedException.require(ended))
                .isInstanceOfSatisfying(
                        IOException.class,
                        end -> assertThatThrownBy(() -> GitRefusal.orNowhere(source, end))
                                .hasMessageContaining("git was ended by signal 15")
                                .extracting(thrown -> ((ConfigurationException) thrown).remedy())
                                .isEqualTo("Run it again."));
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

    @Test
    void branch_whenCtrlCEndsGitFirst_isCancelledAsSoonAsThatIsHeardOf() throws IOException {
        gitStatusIsEnded();
        SourceTree tree = open(DeployOptions.defaults().withCancellation(new LateCancellation()));

        assertThatThrownBy(tree::branch)
                .isInstanceOf(DeployCancelledException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("git was ended by signal 2"));
    }

    @Test
    void branch_whenGitIsEndedAndNobodyCancels_saysSo() throws IOException {
        gitStatusIsEnded();
        SourceTree tree = open();

        assertThatThrownBy(tree::branch)
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("git was ended by signal 2");
    }

    /** By the program that it asks for what has changed. */
    private void gitStatusIsEnded() throws IOException {
        sh(
                "git init -q . && touch a && git add . && git commit -qm one && printf '#!/bin/sh\nkill -INT $PPID\n' > .git/end"
                        + " && chmod +x .git/end && git config core.fsmonitor .git/end");
    }

    /** Comes when it is already waited for. */
    private static final class LateCancellation implements CancellationToken {
        private final CancellationToken token = CancellationToken.create();

        @Override
        public void cancel() {
            token.cancel();
        }

        @Override
        public boolean isCancelled() {
            return token.isCancelled();
        }

        @Override
        public Registration onCancel(Runnable action) {
            Registration registration = token.onCancel(action);
            token.cancel();
            return registration;
        }
    }

    private SourceTree open() {
        return open(DeployOptions.defaults());
    }

    private SourceTree open(DeployOptions options, String... exclude) {
        try {
            Path directory = Files.createTempDirectory(temporary, "tree").resolve("out");
            Application application = new Application("shop", source, List.of(exclude));
            return SourceTrees.of(application, options, directory, warnings::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sh(String script) throws IOException {
        List<String> output = new ArrayList<>();
        int status = LocalCommand.shell(script, source, AUTHOR).run(output::add, CancellationToken.create());
        assertThat(status).as(String.join("\n", output)).isZero();
    }
}
