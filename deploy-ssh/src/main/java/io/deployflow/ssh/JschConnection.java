package io.deployflow.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** A session that is logged in. */
record JschConnection(Session session, CuttableSocket socket, Duration timeout) implements HostConnection {
    private static final String LOOPBACK = "127.0.0.1";

    @Override
    public boolean isOpen() {
        return session.isConnected();
    }

    @Override
    public RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException {
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command);
            channel.setOutputStream(output);
            channel.setErrStream(error);
            channel.connect((int) timeout.toMillis());
            return new JschProcess(channel, channel.getOutputStream(), socket);
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
    public void close() {
        socket.close(session::disconnect);
    }
}
