package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.PushException;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.TargetLockedException;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository whose objects do not come, as on a network that went silent: git waits for one in the middle of a
 * deploy. Here the object is a pipe that nobody writes to.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class HungGitTest {
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "Ann",
            "GIT_AUTHOR_EMAIL", "ann@example.org",
            "GIT_COMMITTER_NAME", "Ann",
            "GIT_COMMITTER_EMAIL", "ann@example.org");
    private static final String HANG = "id=$(git rev-parse HEAD:app.txt) && cd .git/objects/$(echo $id | cut -c 1-2)"
            + " && object=$(echo $id | cut -c 3-) && rm -f $object && mkfifo $object";

    private final CancellationToken token = CancellationToken.create();
    private LocalFleet fleet;

    @BeforeEach
    void commit(@TempDir Path temp) throws IOException {
        fleet = new LocalFleet(temp, "alice", "app1");
        sh("git init -q . && git add . && git commit -qm first");
    }

    @AfterEach
    void end() {
        readers().forEach(ProcessHandle::destroyForcibly);
        fleet.close();
    }

    private void sh(String script) throws IOException {
        List<String> output = new ArrayList<>();
        int status = LocalCommand.shell(script, fleet.source(), AUTHOR).run(output::add, CancellationToken.create());
        assertThat(status).as(String.join("\n", output)).isZero();
    }

    private static Stream<ProcessHandle> readers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("cat-file --batch"));
    }

    private CompletableFuture<Report> begin() {
        return CompletableFuture.supplyAsync(() ->
                fleet.deployer().deploy("classic", DeployOptions.defaults().withCancellation(token)));
    }

    /** A deploy that waits for git by now. */
    private CompletableFuture<Report> deploying() {
        CompletableFuture<Report> deploy = begin();
        await("git is asked").until(() -> readers().findAny().isPresent());
        return deploy;
    }

    private static Report assertUnchanged(CompletableFuture<Report> deploy, Class<? extends Exception> failure) {
        await("the deploy ends").until(deploy::isDone);
        Report report = deploy.join();
        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure()).containsInstanceOf(failure);
        await("git is ended").until(() -> readers().findAny().isEmpty());
        return report;
    }

    @Test
    void deploy_cancelledWhileGitHangs_endsWithoutIt_andEndsIt() throws IOException {
        sh(HANG);
        CompletableFuture<Report> deploy = deploying();

        token.cancel();

        assertUnchanged(deploy, DeployCancelledException.class);
    }

    @Test
    void deploy_thatFailsWhileGitHangs_endsWithoutIt_andEndsIt() throws IOException {
        sh(HANG);
        Path lock = Files.createDirectories(fleet.root("app1").resolve(".deployflow/lock"));
        Files.writeString(lock.resolve("owner"), LockFunctions.MANUAL + "\nbob@desk\n");

        CompletableFuture<Report> deploy = begin();

        assertUnchanged(deploy, TargetLockedException.class);
    }

    @Test
    void deploy_whoseGitIsKilledEachTime_fails_andSaysWhatGitDidNotTell() throws IOException {
        sh(HANG);
        CompletableFuture<Report> deploy = deploying();

        // What was read ahead in vain is read once more by the build.
        await().until(() -> {
            readers().forEach(ProcessHandle::destroyForcibly);
            return deploy.isDone();
        });

        Report report = assertUnchanged(deploy, BuildException.class);
        assertThat(report.failure().orElseThrow())
                .hasMessageContaining("git ended before it told the content of object ");
    }

    /** What is in the file is known from the first deploy: it is read when a host lacks it. */
    private CompletableFuture<Report> deployingToAFreshHost() throws IOException {
        fleet.deploy().orThrow();
        sh(HANG);
        fleet.settings.hosts = List.of("app2");
        return deploying();
    }

    @Test
    void deploy_cancelledWhileGitHangsInThePush_endsWithoutIt_andEndsIt() throws IOException {
        CompletableFuture<Report> deploy = deployingToAFreshHost();

        token.cancel();

        assertUnchanged(deploy, DeployCancelledException.class);
        assertThat(fleet.root("app2").resolve("releases")).doesNotExist();
    }

    @Test
    void deploy_whoseGitIsKilledInThePush_fails_andTheNextOneSucceeds() throws IOException {
        CompletableFuture<Report> deploy = deployingToAFreshHost();

        readers().forEach(ProcessHandle::destroyForcibly);

        assertUnchanged(deploy, PushException.class);
        sh(HANG.replace("mkfifo $object", "cd ../../.. && git hash-object -w app.txt"));
        fleet.deploy().orThrow();
        assertThat(fleet.read("current/app.txt")).containsExactly("one");
    }
}
