package io.deployflow.benchmark.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * Many SSH hosts in one process: one server that listens on many addresses of the loopback network. Each has a
 * directory of its own.
 */
final class SwarmServer {
    /** Stands in {@code deploy_to} for the host's own directory. */
    static final String ANY_HOST = "host-XXXX";

    private static final int PER_BLOCK = 250;

    private SwarmServer() {}

    /**
     * Runs until its input ends; says its port when it is ready.
     *
     * @param args how many hosts, the folder, the public key that may log in, the file of the host's private key
     */
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        Path folder = Path.of(args[1]);
        for (int number = 1; number <= count; number++) {
            Files.createDirectories(folder.resolve(name(number)));
        }
        try (SshServer server = server(count, folder, AuthorizedKeyEntry.parseAuthorizedKeyEntry(args[2]), args[3])) {
            server.start();
            System.out.println(server.getPort());
            while (System.in.read() >= 0) {
                // Until whoever started it has ended.
            }
        }
    }

    /** The address of a host, the first one being number 1. */
    static String address(int number) {
        return "127.0." + (1 + number / PER_BLOCK) + "." + (1 + number % PER_BLOCK);
    }

    private static SshServer server(int count, Path folder, AuthorizedKeyEntry client, String hostKey) {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(
                IntStream.rangeClosed(1, count).mapToObj(SwarmServer::address).collect(Collectors.joining(",")));
        server.setKeyPairProvider(new FileKeyPairProvider(Path.of(hostKey)));
        server.setPublickeyAuthenticator((user, key, session) -> {
            try {
                return key.equals(client.resolvePublicKey(session, null));
            } catch (IOException | GeneralSecurityException e) {
                return false;
            }
        });
        server.setCommandFactory((channel, command) -> command(folder, channel, command));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        return server;
    }

    private static Command command(Path folder, ChannelSession channel, String command) {
        if (!(channel.getSession().getIoSession().getLocalAddress() instanceof InetSocketAddress local)) {
            throw new IllegalStateException("the server listens on internet addresses alone");
        }
        String name = name(number(local.getAddress().getAddress()));
        return new SwarmCommand(folder.resolve(name), command.replace(ANY_HOST, name), new Renaming(ANY_HOST, name));
    }

    private static int number(byte[] address) {
        return (Byte.toUnsignedInt(address[2]) - 1) * PER_BLOCK + Byte.toUnsignedInt(address[3]) - 1;
    }

    private static String name(int number) {
        return "host-%04d".formatted(number);
    }
}
