package io.deployflow.benchmark.swarm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;

/**
 * Many SSH hosts in one process: one server that listens on many addresses of the loopback network. Each has a
 * directory of its own.
 */
final class SwarmServer {
    /** Stands in {@code deploy_to} for the host's own directory. */
    static final String ANY_HOST = "host-self";

    private static final int PER_BLOCK = 250;

    // Of the one server of this process.
    private static volatile Losses losses = Losses.NONE;

    private SwarmServer() {}

    /**
     * Runs until its input ends; says its port when it is ready. A line of input says which connections fail from then
     * on, and is answered by itself.
     *
     * @param args how many hosts, the folder, the file of the public keys that may log in, the file of the hosts'
     *     private key
     */
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        Path folder = Path.of(args[1]);
        for (int number = 1; number <= count; number++) {
            Files.createDirectories(folder.resolve(name(number)));
        }
        try (SshServer server = server(count, folder, Path.of(args[2]), Path.of(args[3]));
                BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            server.start();
            System.out.println(server.getPort());
            // Until whoever started it has ended.
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                losses = Losses.read(line);
                System.out.println(line);
            }
        }
    }

    /** The address of a host, the first one being number 1. */
    static String address(int number) {
        return "127.0." + (1 + number / PER_BLOCK) + "." + (1 + number % PER_BLOCK);
    }

    /**
     * Not yet started. It exchanges keys as every client here can and OpenSSH did before 9.0: the one after that, which
     * Ruby and JSch do not have, takes this library a tenth of a second, and would be all that its own client is
     * measured by. Debian's Ruby has none of these curves but NIST's.
     */
    private static SshServer server(int count, Path folder, Path clients, Path hostKey) {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(
                IntStream.rangeClosed(1, count).mapToObj(SwarmServer::address).collect(Collectors.joining(",")));
        server.setKeyPairProvider(new FileKeyPairProvider(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> mayLogIn(clients, key, session));
        server.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(
                false, List.of(BuiltinDHFactories.curve25519, BuiltinDHFactories.ecdhp256), ServerBuilder.DH2KEX));
        loseConnections(server);
        server.setCommandFactory((channel, command) -> command(folder, channel, command));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        return server;
    }

    private static void loseConnections(SshServer server) {
        server.addSessionListener(new SessionListener() {
            // A listener of what is accepted could only leave it open, and the client waiting for a greeting.
            @Override
            public void sessionCreated(Session session) {
                SocketAddress local = session.getIoSession().getLocalAddress();
                if (losses.strike(number(local))) {
                    session.close(true);
                }
            }
        });
    }

    private static boolean mayLogIn(Path clients, PublicKey key, ServerSession session) {
        try {
            for (AuthorizedKeyEntry client : AuthorizedKeyEntry.readAuthorizedKeys(clients)) {
                if (key.equals(client.resolvePublicKey(session, null))) {
                    return true;
                }
            }
            return false;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private static Command command(Path folder, ChannelSession channel, String command) {
        String name = name(number(channel.getSession().getIoSession().getLocalAddress()));
        return new SwarmCommand(folder.resolve(name), command.replace(ANY_HOST, name), new Renaming(ANY_HOST, name));
    }

    private static int number(SocketAddress local) {
        if (!(local instanceof InetSocketAddress internet)) {
            throw new IllegalStateException("the server listens on internet addresses alone");
        }
        byte[] address = internet.getAddress().getAddress();
        return (Byte.toUnsignedInt(address[2]) - 1) * PER_BLOCK + Byte.toUnsignedInt(address[3]) - 1;
    }

    /** The name of a host's own directory. */
    static String name(int number) {
        return "host-%04d".formatted(number);
    }
}
