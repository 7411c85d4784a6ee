package io.deployflow.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * A session that is logged in.
 *
 * @param session with the host
 * @param socket under it
 * @param timeout for opening a channel
 * @param bastion through which it goes
 */
record JschConnection(Session session, CuttableSocket socket, Duration timeout, Optional<HostConnection> bastion)
        implements HostConnection {
    private static final String LOOPBACK = "127.0.0.1";

    @Override
    public boolean isOpen() {
        return session.isConnected();
    }

    @Override
    public String whyLost() {
        return bastion.filter(way -> !way.isOpen()).isPresent()
                ? "the connection to its bastion was lost"
                : HostConnection.super.whyLost();
    }

    @Override
    public RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException {
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command);
            channel.setOutputStream(output);
            channel.setErrStream(error);
            channel.connect((int) timeout.toMillis());
            return new JschProcess(channel, JschWindow.of(channel, session), socket);
        } catch (JSchException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public int forward(String host, int port) throws IOException {
        try {
            return session.setPortForwardingL(LOOPBACK, 0, host, port);
        } catch (JSchException e) {
            throw new IOException("cannot forward a port: " + e.getMessage(), e);
        }
    }

    @Override
    public void unforward(int localPort) throws IOException {
        try {
            session.delPortForwardingL(LOOPBACK, localPort);
        } catch (JSchException e) {
            throw new IOException("cannot close a forwarded port: " + e.getMessage(), e);
        }
    }

    @Override
    public Socket dial(String host, int port, Duration within) throws IOException {
        return JschTunnel.open(session, host, port, within);
    }

    @Override
    public void close() {
        socket.close(session::disconnect);
    }
}
