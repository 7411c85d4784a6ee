package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A git that a signal ends. */
class EndedGitTest extends SourceStage {
    private static final int MOMENT_MILLIS = 200;

    @Test
    void branch_whenCtrlCEndsGitFirst_isCancelledAsSoonAsThatIsHeardOf() throws IOException {
        gitStatusIsEnded();
        CancellationToken token = CancellationToken.create();
        SourceTree tree = open(DeployOptions.defaults().withCancellation(token));
        CompletableFuture<Void> cancelled = cancelOnceGitIsEnded(token);

        assertThatThrownBy(tree::branch)
                .isInstanceOf(DeployCancelledException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("git was ended by signal"));
        assertThat(cancelled).isCompleted();
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
                "git init -q . && touch a && git add . && git commit -qm one && printf '#!/bin/sh\n: > .git/ended\nkill -INT $PPID\n' > .git/end"
                        + " && chmod +x .git/end && git config core.fsmonitor .git/end");
    }

    /** As Ctrl-C that comes to this process a moment after it has come to git. */
    private CompletableFuture<Void> cancelOnceGitIsEnded(CancellationToken token) {
        return CompletableFuture.runAsync(() -> {
            while (!Files.exists(source.resolve(".git/ended"))) {
                Thread.onSpinWait();
            }
            CompletableFuture.delayedExecutor(MOMENT_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(token::cancel);
        });
    }
}
