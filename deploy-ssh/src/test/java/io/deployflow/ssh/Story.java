package io.deployflow.ssh;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Deployer;
import io.deployflow.Report;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.ssh.SshHosts;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One application that is deployed to a directory of its own on real hosts. */
final class Story implements AutoCloseable {
    // Not every host has pkill.
    static final String KILL_CONNECTIONS = """
            for process in /proc/[0-9]*; do
              case $(tr '\\0' ' ' 2>/dev/null < $process/cmdline) in
                'sshd: deploy'*) kill -KILL ${process#/proc/} || :;;
              esac
            done
            """;

    private List<SshHost> hosts;
    final Path source;
    final TestSettings settings = new TestSettings();
    final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    private final List<Deployer> deployers = new ArrayList<>();
    Consumer<DeployEvent> onEvent = event -> {};
    Clock clock = Clock.systemUTC();

    Story(SshHosts hosts, Path source, String name) {
        this.hosts = hosts.hosts();
        this.source = source;
        reach(hosts);
        settings.deployTo = "/var/www/shop/" + name;
        write("app.txt", "one\n");
    }

    /** Goes on with the same hosts where they can be reached now. */
    void reach(SshHosts now) {
        hosts = now.hosts();
        settings.hosts = hosts.stream().map(SshHost::address).toList();
        settings.identity = now.identity();
        settings.knownHosts = now.knownHosts();
    }

    Story write(String name, String text) {
        try {
            Files.createDirectories(source.resolve(name).getParent());
            Files.writeString(source.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Deployer deployer() {
        Deployer deployer = Deployer.builder()
                .application(new Application("shop", source))
                .target(Target.of("classic", "ssh", settings.make()))
                .person("alice@laptop")
                .clock(clock)
                .listener(event -> {
                    events.add(event);
                    onEvent.accept(event);
                })
                .build();
        deployers.add(deployer);
        return deployer;
    }

    Report deploy() {
        return deployer().deploy("classic");
    }

    Report deploy(CancellationToken token) {
        return deployer()
                .deploy("classic", io.deployflow.DeployOptions.defaults().withCancellation(token));
    }

    /** What a shell on a host prints, as the user who deploys; its directory is {@code deploy_to}'s parent. */
    String on(int host, String script) {
        return run("docker", "exec", "-u", "deploy", "-w", "/var/www/shop", container(host), "sh", "-c", script);
    }

    /** What {@code current} serves on each host, by the application's own file. */
    List<String> served() {
        return IntStream.range(0, settings.hosts.size())
                .mapToObj(host -> on(host, "cat " + settings.deployTo + "/current/app.txt 2>&1 || true")
                        .strip())
                .toList();
    }

    /**
     * What a report says of each host: its number, what became of it and the line for people, such as {@code 0
     * RESTORED: serves again releases/20260102030405}.
     */
    List<String> told(Report report) {
        List<String> labels =
                IntStream.range(0, hosts.size()).mapToObj(this::label).toList();
        return report.units().stream()
                .map(unit -> labels.indexOf(unit.unit()) + " " + unit.state() + ": " + unit.detail())
                .toList();
    }

    /** What is said of every host, where it is the same. */
    List<String> each(String told) {
        return IntStream.range(0, hosts.size())
                .mapToObj(host -> host + " " + told)
                .toList();
    }

    /** What a report says where every host serves the release that was deployed. */
    List<String> allSwitched(Report report) {
        return each("SWITCHED: serves " + report.release().orElseThrow().id());
    }

    /** What has been sent: a line for each encoding. */
    List<String> sent() {
        return events.stream()
                .filter(event -> event instanceof DeployEvent.Output output
                        && output.line().startsWith("sent: "))
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

    /** How many bytes such a line tells of. */
    static long bytes(String sent) {
        return Long.parseLong(sent.replaceFirst(".* in (\\d+) bytes .*", "$1"));
    }

    /** Writes a file of as many random letters, which no compression makes small. */
    Story writeLetters(String name, int letters, int seed) {
        StringBuilder text = new StringBuilder();
        new Random(seed).ints(letters, 'a', 'z').forEach(letter -> text.append((char) letter));
        return write(name, text.toString());
    }

    String label(int host) {
        return "127.0.0.1:" + hosts.get(host).port();
    }

    /** Freezes a host, as when its network goes. */
    void pause(int host) {
        run("docker", "pause", container(host));
    }

    /** Thaws it. */
    void resume(int host) {
        run("docker", "unpause", container(host));
    }

    /** Ends every SSH connection of a host at once. */
    void dropConnections(int host) {
        run("docker", "exec", container(host), "sh", "-c", KILL_CONNECTIONS);
    }

    /** What a shell on a host prints, as root. */
    String asRoot(int host, String script) {
        return run("docker", "exec", container(host), "sh", "-c", script);
    }

    /** The name of a host's container. */
    String container(int host) {
        return hosts.get(host).container();
    }

    static String run(String... words) {
        List<String> lines = new ArrayList<>();
        try {
            int status = new LocalCommand(List.of(words), Path.of("."), Map.of())
                    .run(lines::add, CancellationToken.create());
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", words) + " gave " + status + ": " + lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        deployers.forEach(Deployer::close);
    }
}
