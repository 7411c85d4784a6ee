package io.deployflow.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** This machine as a host whose connections can break, and that counts what is opened on it. */
final class CountingHost {
    private final AtomicInteger channels = new AtomicInteger();
    private volatile @Nullable String login;
    private volatile Cuttable now = new Cuttable();

    /** Stands before every command, which is its {@code $0}. */
    void login(String script) {
        login = script;
    }

    /** How many commands were started. */
    int channels() {
        return channels.get();
    }

    boolean isOpen() {
        return now.isOpen();
    }

    /** The connection; another one where it broke. */
    synchronized HostConnection connection() {
        if (!now.isOpen()) {
            now = new Cuttable();
        }
        return now;
    }

    private final class Cuttable implements HostConnection {
        private final LocalHost machine = new LocalHost();
        private final List<RemoteProcess> processes = new CopyOnWriteArrayList<>();
        private volatile boolean open = true;

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException {
            channels.incrementAndGet();
            String before = login;
            RemoteProcess process = machine.start(
                    before == null ? command : "/bin/sh -c " + Sh.quote(before) + " " + Sh.quote(command),
                    output,
                    error);
            processes.add(process);
            return process;
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
            new ArrayList<>(processes).forEach(RemoteProcess::close);
        }
    }
}
