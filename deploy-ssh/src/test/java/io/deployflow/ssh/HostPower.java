package io.deployflow.ssh;

import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hosts that can lose their power and get it back; then they are reached at another port, with the same key. */
final class HostPower {
    private final Path folder;
    private SshHosts hosts;

    /** Writes the files of trusted keys to a folder. */
    HostPower(SshHosts hosts, Path folder) {
        this.hosts = hosts;
        this.folder = folder;
    }

    /** Ends every process of a host at once, as without power. Harmless when there is none any more. */
    void off(int host) {
        Story.run("sh", "-c", "docker kill " + hosts.hosts().get(host).container() + " > /dev/null || true");
    }

    /** Starts it again with what is on its disk. */
    SshHosts on(int host) {
        SshHost before = hosts.hosts().get(host);
        Story.run("docker", "start", before.container());
        int port = Integer.parseInt(Story.run("docker", "port", before.container(), "22/tcp")
                .lines()
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*:", ""));
        List<SshHost> now = new ArrayList<>(hosts.hosts());
        now.set(host, new SshHost(before.user(), before.host(), port, before.appUrl(), before.container()));
        hosts = new SshHosts(now, hosts.identity(), known(before.port(), port));
        Story.run(
                "sh",
                "-c",
                "until ssh-keyscan -t ed25519 -p " + port
                        + " 127.0.0.1 2>&1 | grep -q ' ssh-ed25519 '; do sleep 0.1; done");
        return hosts;
    }

    /** Where the hosts are now. */
    SshHosts hosts() {
        return hosts;
    }

    private Path known(int before, int now) {
        try {
            String keys = Files.readString(hosts.knownHosts()).replace("]:" + before + " ", "]:" + now + " ");
            return Files.writeString(folder.resolve("known_hosts_" + now), keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
