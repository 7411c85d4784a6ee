package io.deployflow.benchmark.claims;

import io.deployflow.sandbox.ssh.SshHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;

/**
 * Capistrano's way of deploying, as a plain procedure: one connection a host, opened by all at once and not tried
 * again; then one command after the other, each on all hosts at once and waited for everywhere; it ends where one
 * fails, and leaves the rest as it is. The commands are those that Capistrano 3.17 sends for a deploy by git. What is
 * not of it: Ruby's own time, which is a tenth of a second a host.
 *
 * @param identity the private key that logs in
 * @param repository path of the repository on the hosts
 * @param deployTo absolute directory on the hosts
 */
record CapistranoWay(Path identity, Path repository, Path deployTo) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String USER = "deploy";

    /**
     * Deploys what the branch main is now.
     *
     * @param id of the release
     * @return what failed first; empty if every command succeeded on every host
     */
    Optional<String> deploy(List<SshHost> hosts, String id) {
        return run(hosts, commands(id));
    }

    /**
     * Connects to all hosts, and does nothing there.
     *
     * @return what failed first; empty if every connect succeeded
     */
    Optional<String> connect(List<SshHost> hosts) {
        return run(hosts, List.of());
    }

    private Optional<String> run(List<SshHost> hosts, List<String> commands) {
        ExecutorService threads = Executors.newFixedThreadPool(hosts.size());
        List<ClientSession> sessions = new ArrayList<>();
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((session, address, key) -> true);
            client.setKeyIdentityProvider(new FileKeyPairProvider(identity));
            client.start();
            sessions.addAll(onEach(threads, hosts, host -> connect(client, host)));
            for (String command : commands) {
                onEach(threads, sessions, session -> run(session, command));
            }
            return Optional.empty();
        } catch (ExecutionException | IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deploying", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Step<T, R> {
        R on(T one) throws IOException;
    }

    /** Waits for all; fails with the first failure. */
    private static <T, R> List<R> onEach(ExecutorService threads, List<T> all, Step<T, R> step)
            throws ExecutionException, InterruptedException {
        List<R> results = new ArrayList<>();
        List<Callable<R>> calls =
                all.stream().<Callable<R>>map(one -> () -> step.on(one)).toList();
        for (Future<R> result : threads.invokeAll(calls)) {
            results.add(result.get());
        }
        return results;
    }

    private static ClientSession connect(SshClient client, SshHost host) throws IOException {
        ClientSession session =
                client.connect(USER, host.host(), host.port()).verify(PATIENCE).getSession();
        session.auth().verify(PATIENCE);
        return session;
    }

    private static int run(ClientSession session, String command) throws IOException {
        try (var channel = session.createExecChannel(command)) {
            channel.setIn(new ByteArrayInputStream("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8)));
            channel.setOut(new ByteArrayOutputStream());
            channel.setErr(new ByteArrayOutputStream());
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            Integer status = channel.getExitStatus();
            if (status == null || status != 0) {
                throw new IOException("a command ended with " + status + ": " + command);
            }
            return status;
        }
    }

    /** One exec channel each. A test that may fail in Capistrano's flow is followed by what it decides. */
    List<String> commands(String id) {
        String release = "releases/" + id;
        return List.of(
                        "mkdir -p @/tmp",
                        "cat > @/tmp/git-ssh.sh",
                        "chmod 700 @/tmp/git-ssh.sh",
                        "git ls-remote " + repository + " HEAD",
                        "mkdir -p @/shared @/releases",
                        "[ -f @/repo/HEAD ] || git clone --mirror " + repository + " @/repo",
                        "[ -d @/repo ]",
                        "cd @/repo && git remote set-url origin " + repository,
                        "cd @/repo && git remote update --prune",
                        "[ -d @/repo ]",
                        "mkdir -p @/" + release,
                        "cd @/repo && git archive main | tar -x -f - -C @/" + release,
                        "[ -d @/repo ]",
                        "cd @/repo && git rev-list --max-count=1 main",
                        "[ -d @/" + release + " ]",
                        "echo main >> @/" + release + "/REVISION",
                        "ln -s @/" + release + " @/releases/current",
                        "mv @/releases/current @",
                        "ls -x @/releases",
                        "[ -d @/releases ]",
                        "echo " + id + " >> @/revisions.log")
                .stream()
                .map(command -> command.replace("@", deployTo.toString()))
                .toList();
    }
}
