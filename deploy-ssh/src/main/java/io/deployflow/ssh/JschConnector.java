package io.deployflow.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Connects by JSch: host keys strictly from known_hosts, each file of which is read once, and public keys to log in.
 */
final class JschConnector implements HostConnection.Connector {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** For connecting and logging in, where nobody says otherwise. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Optional<Path> knownHosts;
    private final JschIdentities identities;
    private final Optional<Duration> timeout;
    private final Map<List<Path>, KnownHosts> read = new HashMap<>();

    /**
     * Says how to connect.
     *
     * @param knownHosts the only file of trusted host keys, else those that ssh_config names; need not exist
     * @param identities which keys to offer
     * @param timeout for connecting and logging in; without it, what ssh_config says
     */
    JschConnector(Optional<Path> knownHosts, JschIdentities identities, Optional<Duration> timeout) {
        this.knownHosts = knownHosts;
        this.identities = identities;
        this.timeout = timeout;
    }

    @Override
    public HostConnection connect(Endpoint endpoint) throws HostConnection.DroppedException {
        return connect(endpoint, Dialer.DIRECT, Optional.empty());
    }

    @Override
    public HostConnection connect(Endpoint endpoint, HostConnection bastion) throws HostConnection.DroppedException {
        return connect(endpoint, bastion::dial, Optional.of(bastion));
    }

    private HostConnection connect(Endpoint endpoint, Dialer dialer, Optional<HostConnection> bastion)
            throws HostConnection.DroppedException {
        Duration within =
                timeout.or(() -> endpoint.options().time("connecttimeout")).orElse(TIMEOUT);
        JschKnownHosts known = new JschKnownHosts(known(endpoint), endpoint);
        JschOffer offer = identities.of(endpoint);
        CuttableSocket socket = new CuttableSocket(dialer, CLOSING);
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(known);
        jsch.setIdentityRepository(offer);
        try {
            Session session = jsch.getSession(endpoint.user(), endpoint.hostname(), endpoint.port());
            JschSettings.apply(session, endpoint, offer.size());
            session.setSocketFactory(new Sockets(socket, within));
            session.connect((int) within.toMillis());
            return new JschConnection(session, socket, within, bastion);
        } catch (JSchException e) {
            throw JschFailures.of(e, endpoint, known, offer, within);
        }
    }

    private synchronized KnownHosts known(Endpoint endpoint) {
        List<Path> files = knownHosts.map(List::of).orElseGet(endpoint::knownHostsFiles);
        KnownHosts known = read.get(files);
        if (known == null) {
            try {
                known = KnownHosts.read(files);
            } catch (IOException e) {
                throw new ConfigurationException(String.valueOf(e.getMessage()), "", null, e);
            }
            read.put(files, known);
        }
        return known;
    }

    private record Sockets(CuttableSocket socket, Duration timeout) implements SocketFactory {
        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return socket.open(host, port, timeout);
        }

        @Override
        public InputStream getInputStream(Socket opened) throws IOException {
            return opened.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket opened) throws IOException {
            return opened.getOutputStream();
        }
    }
}
