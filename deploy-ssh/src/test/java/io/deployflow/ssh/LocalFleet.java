package io.deployflow.ssh;

import io.deployflow.Application;
import io.deployflow.Deployer;
import io.deployflow.Report;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Hosts that are directories of this machine, and one person's whole deploys to them, by the engine and with its
 * reports: all but SSH itself. Several people may share the hosts.
 */
final class LocalFleet implements AutoCloseable {
    /** Stands for a host's own directory in all that is sent there. */
    private static final String DEPLOY_TO = "/srv/shop-on-a-host-of-this-machine";

    final TestSettings settings = new TestSettings();
    final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    Consumer<DeployEvent> onEvent = event -> {};
    /** By host, how long what is sent there is on its way. */
    final Map<String, Duration> distance = new HashMap<>();

    private final Path temp;
    private final String person;
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<Deployer> deployers = new ArrayList<>();

    /**
     * A person's fleet, and an application with one file.
     *
     * @param temp has a directory for each host, and one for the person's source
     */
    LocalFleet(Path temp, String person, String... hosts) {
        this.temp = temp;
        this.person = person;
        settings.hosts = List.of(hosts);
        settings.deployTo = DEPLOY_TO;
        write("one");
    }

    /** What stands in the application's file from now on. */
    LocalFleet write(String text) {
        try {
            Files.writeString(Files.createDirectories(source()).resolve("app.txt"), text + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where what is deployed stands. */
    Path source() {
        return temp.resolve("source-of-" + person);
    }

    /** What {@code deploy_to} is on a host. */
    Path root(String host) {
        return temp.resolve(host);
    }

    Deployer deployer() {
        RememberedManifests remembered = new RememberedManifests(temp.resolve("manifests-of-" + person));
        Deployer deployer = Deployer.builder()
                .adapter(new SshAdapter(made -> new Connections(this::connect, Duration.ofSeconds(1)), remembered))
                .application(new Application("shop", source()))
                .target(Target.of("classic", "ssh", settings.make()))
                .person(person)
                .listener(event -> {
                    events.add(event);
                    onEvent.accept(event);
                })
                .build();
        deployers.add(deployer);
        return deployer;
    }

    private HostConnection connect(Endpoint endpoint) {
        String host = endpoint.hostname();
        if (down.contains(host)) {
            throw ConnectFailures.unreachable(endpoint, "no route to host", null);
        }
        Connection connection = new Connection(host);
        connections.add(connection);
        return connection;
    }

    Report deploy() {
        return deployer().deploy("classic");
    }

    /** A host does not answer any more. */
    void down(String host) {
        down.add(host);
        connections.stream().filter(open -> open.host.equals(host)).forEach(Connection::close);
    }

    /** It answers again. */
    void up(String host) {
        down.remove(host);
    }

    /**
     * From now on the hosts hear nothing of this person's deploys: all that is left of one whose process was killed.
     */
    void kill() {
        settings.hosts.forEach(this::down);
    }

    /** What is in a file on each host, below {@code deploy_to}; nothing where it is not there. */
    List<String> read(String file) {
        return settings.hosts.stream()
                .map(host -> text(root(host).resolve(file)))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in a directory of a host, below {@code deploy_to}. */
    List<String> names(String host, String directory) {
        try (Stream<Path> list = Files.list(root(host).resolve(directory))) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether no host is locked. */
    boolean isFree() {
        return settings.hosts.stream().noneMatch(host -> Files.exists(root(host).resolve(".deployflow/lock")));
    }

    @Override
    public void close() {
        deployers.forEach(Deployer::close);
    }

    /** Where it goes, the sessions over it lose their input as an SSH server has it; what runs there runs on. */
    private final class Connection extends IdleConnection {
        private final String host;
        private final List<RemoteProcess> sessions = new CopyOnWriteArrayList<>();

        Connection(String host) {
            this.host = host;
        }

        @Override
        public RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException {
            RemoteProcess process = new LocalHost().start(command, output, error);
            RemoteProcess session = new Session(process, new Requests(process.input(), host));
            sessions.add(session);
            return session;
        }

        @Override
        public void close() {
            super.close();
            sessions.forEach(RemoteProcess::close);
        }
    }

    private record Session(RemoteProcess process, OutputStream input) implements RemoteProcess {
        @Override
        public OptionalInt status() {
            return process.status();
        }

        /** What runs sees the end of its input, and may still give back a lock. */
        @Override
        public void close() {
            end(input);
        }
    }

    private static void end(OutputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Requests extends FilterOutputStream {
        private final String host;

        Requests(OutputStream to, String host) {
            super(to);
            this.host = host;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            travel(distance.getOrDefault(host, Duration.ZERO));
            String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            out.write(text.replace(DEPLOY_TO, root(host).toString()).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void travel(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
