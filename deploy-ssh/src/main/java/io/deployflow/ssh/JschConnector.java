package io.deployflow.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import com.jcraft.jsch.UserInfo;
import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Connections by JSch: host keys strictly from known_hosts, which is read once, and public keys for logging in. The one
 * class that knows JSch.
 */
final class JschConnector implements HostConnection.Connector {
    private static final Duration KEEPALIVE = Duration.ofSeconds(5);
    private static final int KEEPALIVES_UNANSWERED = 3;
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int SIGNALLED = 128;
    // An SSH server that has too many connections in handshake (MaxStartups) closes new ones before its greeting.
    private static final Pattern DROPPED = Pattern.compile(
            "closed by foreign host|End of IO Stream|Connection reset|invalid server's version|Broken pipe");
    private static final Map<String, Integer> SIGNALS = Map.of(
            "HUP", 1, "INT", 2, "QUIT", 3, "ILL", 4, "ABRT", 6, "FPE", 8, "KILL", 9, "SEGV", 11, "PIPE", 13, "TERM",
            15);

    private final Path knownHosts;
    private final Optional<Path> identity;
    private final Optional<Path> agent;
    private final Duration timeout;
    private @Nullable HostKeyRepository trusted;

    /**
     * Says how to connect.
     *
     * @param knownHosts trusted host keys; need not exist
     * @param identity the only private key to use, else the agent's and the endpoint's
     * @param agent the SSH agent's socket
     * @param timeout for connecting and logging in
     */
    JschConnector(Path knownHosts, Optional<Path> identity, Optional<Path> agent, Duration timeout) {
        this.knownHosts = knownHosts;
        this.identity = identity;
        this.agent = agent;
        this.timeout = timeout;
    }

    @Override
    public HostConnection connect(Endpoint endpoint) throws HostConnection.DroppedException {
        endpoint.proxy().ifPresent(proxy -> {
            throw ConnectFailures.proxied(endpoint, proxy);
        });
        JSch jsch = new JSch();
        CuttableSocket socket = new CuttableSocket(CLOSING);
        SeenKeys seen = new SeenKeys(trusted());
        jsch.setHostKeyRepository(seen);
        List<String> offered = addIdentities(jsch, endpoint);
        try {
            Session session = jsch.getSession(endpoint.user(), endpoint.hostname(), endpoint.port());
            // Anything but exactly "yes" would accept a changed key in silence.
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            session.setDaemonThread(true);
            session.setServerAliveInterval((int) KEEPALIVE.toMillis());
            session.setServerAliveCountMax(KEEPALIVES_UNANSWERED);
            session.setSocketFactory(new Sockets(socket, timeout));
            session.connect((int) timeout.toMillis());
            return new Connection(session, socket, timeout);
        } catch (JSchUnknownHostKeyException e) {
            throw ConnectFailures.unknownKey(endpoint, seen.type(), seen.fingerprint(), knownHosts);
        } catch (JSchChangedHostKeyException e) {
            throw ConnectFailures.changedKey(endpoint, seen.type(), seen.fingerprint(), knownHosts);
        } catch (JSchException e) {
            throw failure(endpoint, offered, e);
        }
    }

    private RuntimeException failure(Endpoint endpoint, List<String> offered, JSchException e)
            throws HostConnection.DroppedException {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Auth ") || message.contains("Too many authentication failures")) {
            return ConnectFailures.refused(endpoint, offered, e);
        }
        if (e.getCause() instanceof UnknownHostException) {
            return ConnectFailures.unreachable(endpoint, "no such host name", e);
        }
        if (e.getCause() instanceof ConnectException refused) {
            return ConnectFailures.unreachable(endpoint, String.valueOf(refused.getMessage()), e);
        }
        if (DROPPED.matcher(message).find()) {
            throw new HostConnection.DroppedException(message, e);
        }
        String reason = message.contains("timeout") || e.getCause() instanceof SocketTimeoutException
                ? "no answer within " + timeout.toSeconds() + " s"
                : message;
        return ConnectFailures.unreachable(endpoint, reason, e);
    }

    private synchronized HostKeyRepository trusted() {
        if (trusted == null) {
            JSch parser = new JSch();
            try (InputStream keys =
                    Files.exists(knownHosts) ? Files.newInputStream(knownHosts) : InputStream.nullInputStream()) {
                parser.setKnownHosts(keys);
            } catch (IOException | JSchException e) {
                throw new ConfigurationException(
                        "known_hosts " + knownHosts + " cannot be read: " + e.getMessage(), "", null, e);
            }
            trusted = parser.getHostKeyRepository();
        }
        return trusted;
    }

    private List<String> addIdentities(JSch jsch, Endpoint endpoint) {
        List<String> offered = new ArrayList<>();
        if (identity.isPresent()) {
            Path file = identity.get();
            if (!Files.isReadable(file)) {
                throw ConnectFailures.badIdentity(endpoint, file, "cannot be read");
            }
            try {
                addIdentity(jsch, file).ifPresentOrElse(offered::add, () -> {
                    throw ConnectFailures.badIdentity(endpoint, file, "has a passphrase");
                });
            } catch (JSchException e) {
                throw ConnectFailures.badIdentity(endpoint, file, "is not a private key: " + e.getMessage());
            }
            return offered;
        }
        agent.ifPresent(socket -> addAgent(jsch, socket, offered));
        for (Path file : endpoint.identityFiles()) {
            if (Files.isReadable(file)) {
                tryIdentity(jsch, file).ifPresent(offered::add);
            }
        }
        return offered;
    }

    private static Optional<String> addIdentity(JSch jsch, Path file) throws JSchException {
        KeyPair key = KeyPair.load(jsch, file.toString());
        if (key.isEncrypted()) {
            return Optional.empty();
        }
        jsch.addIdentity(file.toString());
        return Optional.of(file + " (" + key.getKeyTypeString() + ")");
    }

    // ssh tries such files by default: a public key there names one of the agent's, a security key's is not for us.
    private static Optional<String> tryIdentity(JSch jsch, Path file) {
        try {
            return addIdentity(jsch, file);
        } catch (JSchException e) {
            return Optional.of("not " + file + ", which cannot be used: " + e.getMessage());
        }
    }

    private static void addAgent(JSch jsch, Path socket, List<String> offered) {
        try {
            AgentIdentityRepository keys = new AgentIdentityRepository(new SSHAgentConnector(socket));
            for (Identity key : keys.getIdentities()) {
                offered.add(key.getName() + " (" + key.getAlgName() + ", from the agent)");
            }
            jsch.setIdentityRepository(keys);
        } catch (AgentProxyException e) {
            offered.add("none from the agent, which does not answer: " + e.getMessage());
        }
    }

    /** Remembers the key that a server showed, so that a refusal can name it. */
    private static final class SeenKeys implements HostKeyRepository {
        private final HostKeyRepository trusted;
        private byte[] seen = new byte[0];

        SeenKeys(HostKeyRepository trusted) {
            this.trusted = trusted;
        }

        String type() {
            // A key begins with the length of its type's name, and the name.
            return seen.length < 4 ? "unknown" : new String(seen, 4, seen[3], StandardCharsets.US_ASCII);
        }

        String fingerprint() {
            MessageDigest digest = Digests.algorithm();
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest.digest(seen));
        }

        @Override
        public int check(String host, byte[] key) {
            seen = key.clone();
            return trusted.check(host, key);
        }

        @Override
        public void add(HostKey key, UserInfo user) {
            throw new UnsupportedOperationException("known_hosts is never written");
        }

        @Override
        public void remove(String host, String type) {
            throw new UnsupportedOperationException("known_hosts is never written");
        }

        @Override
        public void remove(String host, String type, byte[] key) {
            throw new UnsupportedOperationException("known_hosts is never written");
        }

        @Override
        public String getKnownHostsRepositoryID() {
            return trusted.getKnownHostsRepositoryID();
        }

        @Override
        public HostKey[] getHostKey() {
            return trusted.getHostKey();
        }

        @Override
        public HostKey[] getHostKey(String host, String type) {
            return trusted.getHostKey(host, type);
        }
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

    private record Connection(Session session, CuttableSocket socket, Duration timeout) implements HostConnection {
        @Override
        public boolean isOpen() {
            return session.isConnected();
        }

        @Override
        public RemoteProcess start(String command, InputStream input, OutputStream output, OutputStream error)
                throws IOException {
            try {
                ChannelExec channel = (ChannelExec) session.openChannel("exec");
                channel.setCommand(command);
                channel.setInputStream(input);
                channel.setOutputStream(output);
                channel.setErrStream(error);
                channel.connect((int) timeout.toMillis());
                return new Running(channel, socket);
            } catch (JSchException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public int forward(String host, int port) throws IOException {
            try {
                return session.setPortForwardingL("127.0.0.1", 0, host, port);
            } catch (JSchException e) {
                throw new IOException("cannot forward a port: " + e.getMessage(), e);
            }
        }

        @Override
        public void unforward(int localPort) throws IOException {
            try {
                session.delPortForwardingL("127.0.0.1", localPort);
            } catch (JSchException e) {
                throw new IOException("cannot close a forwarded port: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            socket.close(session::disconnect);
        }
    }

    private record Running(ChannelExec channel, CuttableSocket socket) implements RemoteProcess {
        @Override
        public OptionalInt status() {
            String signal = channel.getExitSignal();
            if (signal != null) {
                return OptionalInt.of(SIGNALLED + SIGNALS.getOrDefault(signal, 0));
            }
            int status = channel.getExitStatus();
            return status < 0 ? OptionalInt.empty() : OptionalInt.of(status);
        }

        @Override
        public void close() {
            socket.close(channel::disconnect);
        }
    }
}
