package io.deployflow.ssh;

import java.io.OutputStream;

/** A connection over which nothing is run: it is open until it is closed. */
final class IdleConnection implements HostConnection {
    private volatile boolean open = true;

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public RemoteProcess start(String command, OutputStream output, OutputStream error) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int forward(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unforward(int localPort) {}

    @Override
    public void close() {
        open = false;
    }
}
