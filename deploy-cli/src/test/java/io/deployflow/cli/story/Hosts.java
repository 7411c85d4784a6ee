package io.deployflow.cli.story;

import io.deployflow.sandbox.ssh.SshHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The hosts of the ssh target.
 *
 * @param hosts in the order of deploy.yml
 */
record Hosts(List<SshHost> hosts) {
    Hosts {
        hosts = List.copyOf(hosts);
    }

    /**
     * Every file below the directory deployed to, on every host, with its size, time and link; without what the
     * application itself writes.
     */
    List<String> files() {
        return each("find /var/www/shop -path /var/www/shop/shared -prune -o -printf '%p %s %T@ %l\\n' | sort");
    }

    /** What {@code current} links to on each host. */
    List<String> current() {
        return each("readlink /var/www/shop/current");
    }

    /** The addresses of the application. */
    List<URI> addresses() {
        return hosts.stream().map(SshHost::appUrl).toList();
    }

    /** How events, reports and messages call a host. */
    String label(int host) {
        return hosts.get(host).host() + ":" + hosts.get(host).port();
    }

    /** Makes the next {@code mv} on a host that is called with some text wait. */
    HeldProgram hold(int host, String text) {
        return hold(host, "mv", text);
    }

    /** Makes the next call of a program on a host wait that has some text in its words. */
    HeldProgram hold(int host, String program, String text) {
        return HeldProgram.set(hosts.get(host).container(), program, text);
    }

    /** What a script prints on each host, as the user who deploys. */
    List<String> each(String script) {
        return IntStream.range(0, hosts.size())
                .parallel()
                .mapToObj(host ->
                        on(hosts.get(host).container(), "deploy", "", script).strip())
                .toList();
    }

    /** What a script prints in a host's container. */
    static String on(String container, String user, String input, String script) {
        return Shell.run(
                Path.of("."), Map.of(), input, "docker", "exec", "-i", "-u", user, container, "sh", "-c", script);
    }
}
