package io.deployflow.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/** Stands for a connection: runs every command on this machine, without SSH. */
record LocalHost() implements HostConnection {
    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public RemoteProcess start(String command, InputStream input, OutputStream output, OutputStream error)
            throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", command).start();
        pump(input, process.getOutputStream());
        Thread out = pump(process.getInputStream(), output);
        Thread err = new Thread(() -> {
            join(out);
            copy(process.getErrorStream(), new AfterEnd(process, error));
        });
        err.setDaemon(true);
        err.start();
        return new Running(process);
    }

    private static Thread pump(InputStream from, OutputStream to) {
        Thread thread = new Thread(() -> copy(from, to));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, OutputStream to) {
        try (to) {
            from.transferTo(to);
        } catch (IOException e) {
            // The process was ended meanwhile; whoever waits for it sees that by its status.
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int forward(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unforward(int localPort) {}

    @Override
    public void close() {}

    /** Is closed when the process has ended, as a connection closes it. */
    private static final class AfterEnd extends FilterOutputStream {
        private final Process process;

        AfterEnd(Process process, OutputStream out) {
            super(out);
            this.process = process;
        }

        @Override
        public void close() throws IOException {
            process.onExit().join();
            super.close();
        }
    }

    private record Running(Process process) implements RemoteProcess {
        @Override
        public OptionalInt status() {
            return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
