package io.deployflow.ssh;

import java.io.IOException;
import java.io.OutputStream;

/** A connection that is open until it is closed, and over which nothing is run or forwarded. */
class IdleConnection implements HostConnection {
    private volatile boolean open = true;

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException {
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
