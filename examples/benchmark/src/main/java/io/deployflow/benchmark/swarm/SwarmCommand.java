package io.deployflow.benchmark.swarm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** One command of one host, run by a local {@code sh} in the host's own directory. */
final class SwarmCommand implements Command {
    private static final int CHUNK = 1 << 15;

    private final Path folder;
    private final String script;
    private final Renaming input;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback end;
    private @Nullable Process process;

    /**
     * A command.
     *
     * @param folder where it runs
     * @param script what the client sent, with the host's own directory in it
     * @param input puts the host's own directory into what the client will send
     */
    SwarmCommand(Path folder, String script, Renaming input) {
        this.folder = folder;
        this.script = script;
        this.input = input;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        end = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        Process started = new ProcessBuilder(List.of("sh", "-c", script))
                .directory(folder.toFile())
                .start();
        process = started;
        InputStream fromClient = required(in);
        thread("in", () -> send(fromClient, started.getOutputStream()));
        Thread errors = thread("err", () -> pass(started.getErrorStream(), required(err)));
        thread("out", () -> {
            pass(started.getInputStream(), required(out));
            awaitEnd(started, errors);
        });
    }

    @Override
    public void destroy(ChannelSession channel) {
        if (process != null) {
            // Its end of input, which is what the end of a connection is to a real host's shell.
            close(process.getOutputStream());
        }
    }

    private void awaitEnd(Process started, Thread errors) {
        try {
            errors.join();
            required(end).onExit(started.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                input.apply(chunk, count);
                to.write(chunk, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // The script or the client has ended.
        } finally {
            close(to);
        }
    }

    private static void pass(InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                to.write(chunk, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static void close(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // Closed is what it was to be.
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, "swarm-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the server starts a command before it has set it up");
        }
        return value;
    }
}
