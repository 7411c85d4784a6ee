package io.deployflow.ssh;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one connection, which can be closed under a library that hangs in it. To close politely means to write,
 * and a write waits for the one before: where the other side takes nothing any more, that is for ever.
 */
final class CuttableSocket {
    private static final Logger LOG = LoggerFactory.getLogger(CuttableSocket.class);

    private final Dialer dialer;
    private final Duration patience;
    private volatile @Nullable Socket socket;

    /**
     * Of a connection that is yet to be made.
     *
     * @param dialer makes it
     * @param patience how long a polite close may take
     */
    CuttableSocket(Dialer dialer, Duration patience) {
        this.dialer = dialer;
        this.patience = patience;
    }

    /** Connects. */
    Socket open(String host, int port, Duration timeout) throws IOException {
        Socket opened = dialer.dial(host, port, timeout);
        socket = opened;
        return opened;
    }

    /** Does a polite close; where it hangs, cuts the socket, which ends whatever hangs in it. */
    void close(Runnable politely) {
        Thread closer = new Thread(politely, "deployflow-closing");
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closer.isAlive()) {
            cut();
        }
    }

    private void cut() {
        Socket open = socket;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("the connection to {} was not closed in order", open.getRemoteSocketAddress(), e);
        }
    }
}
