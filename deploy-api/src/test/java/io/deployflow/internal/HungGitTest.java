package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.spi.SourceTree;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A git that waits for ever: for a monitor of files that does not answer, or for an object that does not come. */
@Timeout(60)
class HungGitTest extends SourceStage {
    private final CancellationToken token = CancellationToken.create();

    @AfterEach
    void end() {
        descendants("sleep 600").forEach(ProcessHandle::destroyForcibly);
        descendants(" archive ").forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void branch_cancelledWhileStatusHangs_endsWithoutIt_andEndsIt() throws Exception {
        sh(
                "git init -q . && touch a && git add . && git commit -qm one && printf '#!/bin/sh\nexec sleep 600\n' > .git/hang"
                        + " && chmod +x .git/hang && git config core.fsmonitor .git/hang");

        assertCancelled("sleep 600", SourceTree::branch);
    }

    /** Attributes have git export the files itself. */
    @Test
    void directory_cancelledWhileArchiveHangs_endsWithoutIt_andEndsIt() throws Exception {
        sh("git init -q . && echo one > a && echo 'b export-ignore' > .gitattributes && git add . && git commit -qm one"
                + " && id=$(git rev-parse HEAD:a) && cd .git/objects/$(echo $id | cut -c 1-2)"
                + " && rm -f $(echo $id | cut -c 3-) && mkfifo $(echo $id | cut -c 3-)");

        assertCancelled(" archive ", SourceTree::directory);
    }

    /** Git, or what it has started, waits; and is gone afterwards. */
    private void assertCancelled(String waiting, Function<SourceTree, ?> question) throws InterruptedException {
        SourceTree tree = open(DeployOptions.defaults().withCancellation(token));
        CompletableFuture<?> answer = CompletableFuture.supplyAsync(() -> question.apply(tree));
        ProcessHandle waits = awaitDescendant(waiting);

        token.cancel();

        assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(DeployCancelledException.class);
        assertThat(waits.onExit()).succeedsWithin(30, TimeUnit.SECONDS);
    }

    private static ProcessHandle awaitDescendant(String words) throws InterruptedException {
        Optional<ProcessHandle> found = descendants(words).findAny();
        while (found.isEmpty()) {
            Thread.sleep(10);
            found = descendants(words).findAny();
        }
        return found.get();
    }

    private static Stream<ProcessHandle> descendants(String words) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(words));
    }
}
