package io.deployflow.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** This machine as a host whose connections can break, and that counts what is opened on it. */
final class CountingHost {
    private final AtomicInteger channels = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();
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

    /** How many scripts were sent. */
    int steps() {
        return steps.get();
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

    private final class Cuttable extends IdleConnection {
        private final LocalHost machine = new LocalHost();
        private final List<RemoteProcess> processes = new CopyOnWriteArrayList<>();

        @Override
        public RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException {
            channels.incrementAndGet();
            String before = login;
            RemoteProcess process = machine.start(
                    before == null ? command : "/bin/sh -c " + Sh.quote(before) + " " + Sh.quote(command),
                    output,
                    error);
            RemoteProcess counted = new Counted(process, new Requests(process.input()));
            processes.add(counted);
            return counted;
        }

        @Override
        public void close() {
            super.close();
            new ArrayList<>(processes).forEach(RemoteProcess::close);
        }
    }

    private record Counted(RemoteProcess process, OutputStream input) implements RemoteProcess {
        @Override
        public OptionalInt status() {
            return process.status();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Each script is written in one piece, and begins with what it is. */
    private final class Requests extends FilterOutputStream {
        Requests(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            if (text.startsWith("step ") || text.startsWith("command ") || text.startsWith("hook ")) {
                steps.incrementAndGet();
            }
            out.write(bytes, offset, length);
        }
    }
}
