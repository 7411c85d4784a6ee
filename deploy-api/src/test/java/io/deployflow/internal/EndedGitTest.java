package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A git that a signal ends. */
class EndedGitTest extends SourceStage {

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
}
