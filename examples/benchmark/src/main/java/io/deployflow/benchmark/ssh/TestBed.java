package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.ssh.Capistrano;
import io.deployflow.sandbox.ssh.Relay;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hosts, a relay before each of them, the repository, and Capistrano's machine. */
final class TestBed implements AutoCloseable {
    private final Sandbox sandbox;
    private final List<Relay> relays;
    private final ParallelSsh ssh;
    private final Duration latency;

    private TestBed(Sandbox sandbox, List<Relay> relays, ParallelSsh ssh, Duration latency) {
        this.sandbox = sandbox;
        this.relays = relays;
        this.ssh = ssh;
        this.latency = latency;
    }

    /**
     * Starts it.
     *
     * @param hosts how many, each a container with an sshd of its own
     * @param latency of the relays
     * @param folder for the keys; stays its owner's alone
     */
    static TestBed start(int hosts, Duration latency, Source source, Path folder) {
        Sandbox sandbox = Sandbox.builder()
                .sshHosts(hosts)
                .capistrano(source.directory())
                .folder(folder)
                .start();
        List<Relay> relays = sandbox.sshHosts().stream()
                .map(host -> Relay.to(host.host(), host.port()).roundTrip(latency))
                .toList();
        try {
            Path trusted = trust(sandbox, relays, folder.resolve("known_hosts_and_relays"));
            return new TestBed(sandbox, relays, new ParallelSsh(sandbox.identity(), trusted), latency);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the known hosts", e);
        }
    }

    /** The relays' ports show the keys of the hosts behind them. */
    private static Path trust(Sandbox sandbox, List<Relay> relays, Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(sandbox.knownHosts()));
        for (int number = 0; number < relays.size(); number++) {
            String key = lines.get(number).substring(lines.get(number).indexOf(' '));
            lines.add("[127.0.0.1]:" + relays.get(number).port() + key);
        }
        Files.write(file, lines);
        sandbox.capistrano().trust(Files.readString(file));
        return file;
    }

    ParallelSsh ssh() {
        return ssh;
    }

    Capistrano capistrano() {
        return sandbox.capistrano();
    }

    /** The first so many hosts, directly or through their relays. */
    Hosts hosts(int count, Duration wanted) {
        List<SshHost> chosen = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            SshHost host = sandbox.sshHosts().get(number);
            int port = wanted.isZero() ? host.port() : relays.get(number).port();
            chosen.add(new SshHost(host.user(), host.host(), port, host.appUrl(), host.container()));
        }
        if (!wanted.isZero() && !wanted.equals(latency)) {
            throw new IllegalArgumentException("the relays have " + latency + ", not " + wanted);
        }
        return new Hosts(chosen, wanted);
    }

    /** What takes part, and which version of it. */
    String versions() {
        String others =
                local("ssh -V 2>&1 | cut -d ' ' -f 1; rsync --version | sed -n '1s/  protocol.*//p'; git --version");
        return "Java %s, Capistrano %s, %s"
                .formatted(System.getProperty("java.version"), capistrano().version(), others.replace("\n", ", "));
    }

    private static String local(String script) {
        return TimedCommand.run(List.of("sh", "-c", script), Map.of()).output();
    }

    /** How many bytes went through the relays to the hosts so far. */
    long bytesSent() {
        return relays.stream().mapToLong(Relay::bytesToServer).sum();
    }

    /** How many releases a tool has on the host that has the most. */
    int releases(Hosts hosts, String deployTo) {
        String script = "echo \"=$(ls -d " + deployTo + "/releases/[0-9]* | wc -l)\"";
        return TimedCommand.run(List.of("sh", "-c", ssh.onEach(hosts, script, "/dev/null")), Map.of())
                .output()
                .lines()
                .filter(line -> line.startsWith("="))
                .mapToInt(line -> Integer.parseInt(line.substring(1)))
                .max()
                .orElse(0);
    }

    /** Empties a tool's directory on some hosts. */
    void empty(Hosts hosts, String deployTo) {
        String script = "rm -rf %1$s && mkdir -p %1$s/releases".formatted(deployTo);
        Timed run = TimedCommand.run(List.of("sh", "-c", ssh.onEach(hosts, script, "/dev/null")), Map.of());
        if (run.status() != 0) {
            throw new IllegalStateException("cannot empty " + deployTo + ": " + run.output());
        }
    }

    @Override
    public void close() {
        relays.forEach(Relay::close);
        sandbox.close();
    }
}
