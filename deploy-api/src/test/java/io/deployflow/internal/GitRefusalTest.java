package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Why git does not read a source. */
class GitRefusalTest extends SourceStage {

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
}
