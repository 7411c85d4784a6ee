package io.deployflow.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Makes connections by TCP: from this machine, or from a bastion. */
@FunctionalInterface
interface Dialer {
    /** From this machine. */
    Dialer DIRECT = (host, port, timeout) -> {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    };

    /**
     * Connects.
     *
     * @throws IOException if nothing answers in time
     */
    Socket dial(String host, int port, Duration timeout) throws IOException;
}
