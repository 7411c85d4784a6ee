package io.deployflow.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * A TCP connection from a bastion to a host, as a channel of the session with the bastion. It is a socket because a
 * session over it needs what a socket has: reads that end after a while, without which a frozen host is never noticed.
 * It has no thread and no port of its own.
 */
final class JschTunnel extends Socket {
    // Reason codes of RFC 4254, section 5.1.
    private static final int PROHIBITED = 1;
    private static final int CONNECT_FAILED = 2;

    private final ChannelDirectTCPIP channel;
    private final Inlet inlet = new Inlet();
    private final OutputStream out;
    private volatile boolean closed;

    private JschTunnel(ChannelDirectTCPIP channel, Duration timeout) throws JSchException, IOException {
        this.channel = channel;
        channel.setOutputStream(inlet.sink());
        channel.connect((int) timeout.toMillis());
        this.out = channel.getOutputStream();
    }

    /**
     * Connects.
     *
     * @throws ConnectException if the bastion does not do that, or nothing answers it; the message says which
     */
    static JschTunnel open(Session bastion, String host, int port, Duration timeout) throws IOException {
        ChannelDirectTCPIP channel = null;
        try {
            channel = (ChannelDirectTCPIP) bastion.openChannel("direct-tcpip");
            channel.setHost(host);
            channel.setPort(port);
            return new JschTunnel(channel, timeout);
        } catch (JSchException e) {
            int reason = channel == null ? -1 : channel.getExitStatus();
            ConnectException failure = new ConnectException(why(reason, bastion, timeout));
            failure.initCause(e);
            throw failure;
        }
    }

    private static String why(int reason, Session bastion, Duration timeout) {
        if (!bastion.isConnected()) {
            return "the connection to the bastion was lost";
        }
        return switch (reason) {
            case PROHIBITED ->
                "the bastion does not let it through (AllowTcpForwarding, PermitOpen in its sshd_config)";
            case CONNECT_FAILED -> "the bastion gets no connection there";
            default -> "the bastion gets no answer from there within " + timeout.toSeconds() + " s";
        };
    }

    @Override
    public InputStream getInputStream() {
        return inlet;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        inlet.setPatience(millis);
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // It is the bastion's connection that has such a switch.
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0);
    }

    /** Ends both directions at once; the bastion is told by another thread, because that may hang where it froze. */
    @Override
    public synchronized void close() {
        closed = true;
        inlet.close();
        Thread closer = new Thread(channel::disconnect, "deployflow-closing");
        closer.setDaemon(true);
        closer.start();
    }
}
