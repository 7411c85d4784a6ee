package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.compare.Scenario;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCopyTest {
    private static final Map<String, String> ANN = Map.of(
            "GIT_AUTHOR_NAME", "Ann",
            "GIT_AUTHOR_EMAIL", "ann@example.org",
            "GIT_COMMITTER_NAME", "Ann",
            "GIT_COMMITTER_EMAIL", "ann@example.org",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    @TempDir
    private Path original;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(original.resolve("app.rb"), "run");
        Files.writeString(original.resolve("Gemfile.lock"), "GEM\n");
    }

    private SourceCopy copy() {
        Edits edits = new Edits(Map.of(Scenario.BROKEN, "rm app.rb && mkdir broken && touch broken/it"));
        return SourceCopy.of(new Application("shop", original), edits, CancellationToken.create());
    }

    private static List<String> git(Path directory, String words) throws IOException {
        List<String> lines = new ArrayList<>();
        int status = LocalCommand.shell("git " + words, directory, ANN).run(lines::add, CancellationToken.create());
        assertThat(status).as("%s: %s", words, lines).isZero();
        return lines;
    }

    private void commit() throws IOException {
        git(original, "init -q .");
        git(original, "add .");
        git(original, "commit -qm first");
    }

    @Test
    void edit_ofTheDependencies_changesTheLockFileOfTheCopyAlone() throws IOException {
        try (SourceCopy copy = copy()) {
            copy.edit(Scenario.DEPENDENCY);

            Path source = copy.application().source();
            assertThat(Files.readString(source.resolve("Gemfile.lock"))).isEqualTo("GEM\n\n");
            assertThat(Files.readString(source.resolve("app.rb"))).isEqualTo("run");
            assertThat(source.resolve(".git")).doesNotExist();
            assertThat(copy.version()).isEqualTo(1);
        }
        assertThat(Files.readString(original.resolve("Gemfile.lock"))).isEqualTo("GEM\n");
        assertThat(original.toFile().list()).containsExactlyInAnyOrder("app.rb", "Gemfile.lock");
    }

    @Test
    void copy_ofAWorkTree_isOneToo_withACommitForEachChange() throws IOException {
        commit();
        String head = git(original, "rev-parse HEAD").get(0);
        try (SourceCopy copy = copy()) {
            copy.edit(Scenario.CHANGE);
            copy.edit(Scenario.DEPENDENCY);

            Path source = copy.application().source();
            assertThat(git(source, "log --format='%s by %an'"))
                    .containsExactly(
                            "Change 2, for the scenario dependency by deployflow",
                            "Change 1, for the scenario change by deployflow",
                            "The source as it is by deployflow");
            assertThat(git(source, "show --format= --name-only HEAD")).containsExactly("Gemfile.lock");
            assertThat(git(source, "show --format= --name-only HEAD~1")).containsExactly(Edits.WORD_FILE);
            assertThat(git(source, "status --porcelain")).isEmpty();
        }
        assertThat(git(original, "rev-parse HEAD")).containsExactly(head);
        assertThat(git(original, "status --porcelain --ignored")).isEmpty();
    }

    @Test
    void copy_ofAWorkTree_holdsWhatIsCommittedEvenWhereItIsIgnored() throws IOException {
        Files.writeString(original.resolve(".gitignore"), "*.lock\n");
        git(original, "init -q .");
        git(original, "add --force .");
        git(original, "commit -qm first");
        Files.writeString(original.resolve("app.rb"), "half done");
        Files.writeString(original.resolve("notes"), "mine");
        try (SourceCopy copy = copy()) {
            copy.edit(Scenario.DEPENDENCY);

            Path source = copy.application().source();
            assertThat(git(source, "show HEAD:app.rb")).containsExactly("run");
            assertThat(git(source, "show HEAD:Gemfile.lock")).containsExactly("GEM", "");
            assertThat(source.resolve("notes")).doesNotExist();
        }
        assertThat(Files.readString(original.resolve("app.rb"))).isEqualTo("half done");
    }

    @Test
    void mend_ofAWorkTree_takesBackTheCommitThatBrokeIt() throws IOException {
        commit();
        try (SourceCopy copy = copy()) {
            copy.edit(Scenario.CHANGE);
            Path source = copy.application().source();
            String whole = git(source, "rev-parse HEAD").get(0);

            copy.edit(Scenario.BROKEN);
            assertThat(git(source, "ls-files")).contains("broken/it").doesNotContain("app.rb");
            assertThat(copy.version()).isEqualTo(2);
            copy.mend();

            assertThat(git(source, "rev-parse HEAD")).containsExactly(whole);
            assertThat(git(source, "status --porcelain")).isEmpty();
            assertThat(source.resolve("app.rb")).hasContent("run");
            assertThat(copy.version()).isEqualTo(1);
        }
    }

    @Test
    void close_always_leavesNothingOfTheCopy() throws IOException {
        commit();
        Path source;
        try (SourceCopy copy = copy()) {
            copy.edit(Scenario.BROKEN);
            source = copy.application().source();
            assertThat(source).exists();
        }
        assertThat(source.getParent()).doesNotExist();
    }
}
