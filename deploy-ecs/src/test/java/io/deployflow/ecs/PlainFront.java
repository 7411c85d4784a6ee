package io.deployflow.ecs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * Stands before a server that speaks plain HTTP and hangs up on TLS at once: an engine tries TLS first, and the JDK's
 * server would let it wait ten seconds for the end of the request.
 */
final class PlainFront implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;

    private final LoopbackServer front;
    private final int behind;

    PlainFront(int behind) {
        this.behind = behind;
        this.front = new LoopbackServer(this::serve);
    }

    int port() {
        return front.port();
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            int first = client.getInputStream().read();
            if (first >= 0 && first != TLS_HANDSHAKE) {
                server.getOutputStream().write(first);
                front.execute(() -> copy(client, server));
                copy(server, client);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the front of the fake registry broke", e);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (SocketException e) {
            assert from.isClosed() || to.isClosed() : e; // Either side may hang up first.
        } catch (IOException e) {
            throw new IllegalStateException("the front of the fake registry broke", e);
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
    }
}
