package io.deployflow.ecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Listens on a free port of this machine's loopback, and serves each connection on a thread of its own. */
final class LoopbackServer implements AutoCloseable {
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    LoopbackServer(Consumer<Socket> serve) {
        try {
            this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> acceptAll(serve));
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Does something beside what is served. */
    void execute(Runnable work) {
        threads.execute(work);
    }

    private void acceptAll(Consumer<Socket> serve) {
        try {
            while (true) {
                Socket client = listening.accept();
                threads.execute(() -> serve.accept(client));
            }
        } catch (IOException e) {
            threads.shutdown(); // Closing the socket is how the loop ends.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
