package io.deployflow.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/**
 * Stands for a connection: runs every command on this machine, without SSH.
 *
 * @param login the account's login shell
 * @param sh what stands for {@code /bin/sh} there
 */
record LocalHost(String login, String sh) implements HostConnection {
    /** A host with this machine's shell. */
    LocalHost() {
        this("/bin/sh", "/bin/sh");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException {
        Process process = new ProcessBuilder(login, "-c", command.replace("/bin/sh", sh)).start();
        Thread out = pump(process.getInputStream(), output);
        pump(process.getErrorStream(), new AfterEnd(process, out, error));
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

    /** Is closed last of all, when the process has ended, as a connection closes it. */
    private static final class AfterEnd extends FilterOutputStream {
        private final Process process;
        private final Thread output;

        AfterEnd(Process process, Thread output, OutputStream error) {
            super(error);
            this.process = process;
            this.output = output;
        }

        @Override
        public void close() throws IOException {
            process.onExit().join();
            join(output);
            super.close();
        }
    }

    private record Running(Process process) implements RemoteProcess {
        @Override
        public OutputStream input() {
            return process.getOutputStream();
        }

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
