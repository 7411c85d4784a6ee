package io.deployflow.benchmark.ssh;

import io.deployflow.sandbox.ssh.SshHost;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes shell scripts that work on all hosts at once by the plain {@code ssh} command, and fail where one fails.
 *
 * @param identity private key file
 * @param knownHosts file of host keys
 */
record ParallelSsh(Path identity, Path knownHosts) implements OnEachHost {

    /** The command and its options, up to the port. */
    String ssh() {
        return "ssh -F none -i " + quoted(identity.toString())
                + " -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="
                + quoted(knownHosts.toString()) + " -p";
    }

    @Override
    public String onEach(Hosts hosts, String script, String input) {
        return each(hosts, host -> remote(host, script) + " < " + quoted(input));
    }

    /** One host's script, run there. */
    String remote(SshHost host, String script) {
        return "%s %d %s@%s %s".formatted(ssh(), host.port(), host.user(), host.host(), quoted(script));
    }

    /** Runs a local command for every host, all at once. */
    String each(Hosts hosts, Function<SshHost, String> command) {
        return hosts.hosts().stream()
                .map(host -> "{ " + command.apply(host) + "; } & pids=\"$pids $!\"\n")
                .collect(Collectors.joining("", "pids=\n", """
                        for pid in $pids; do wait "$pid" || failed="$failed $pid"; done
                        [ -z "${failed:-}" ]
                        """));
    }

    /** A word that the shell takes as it is. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
