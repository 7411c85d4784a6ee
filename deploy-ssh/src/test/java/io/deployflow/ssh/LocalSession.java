package io.deployflow.ssh;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A session's program, run by a shell of this machine, that has been given a script; its two outputs as one. */
final class LocalSession implements AutoCloseable {
    private final Process process;
    private final SessionScript session;
    private final BufferedReader lines;

    private LocalSession(Process process, SessionScript session) {
        this.process = process;
        this.session = session;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the program, and the script. */
    static LocalSession of(Path root, String script) throws IOException {
        return of("/bin/sh", root, script);
    }

    /**
     * The same by another shell.
     *
     * @param sh what stands for {@code /bin/sh}
     */
    static LocalSession of(String sh, Path root, String script) throws IOException {
        SessionScript session = SessionScript.of(root.toString());
        Process process = new ProcessBuilder("/bin/sh", "-c", SessionScript.COMMAND.replace("/bin/sh", sh))
                .redirectErrorStream(true)
                .start();
        LocalSession started = new LocalSession(process, session);
        started.send(session.opening());
        started.send(session.step(script, 0));
        return started;
    }

    /** Has it run another script. */
    void step(String script) throws IOException {
        send(session.step(script, 0));
    }

    /** Ends every process of it as SIGKILL does, so that none can do anything when it sees another one's end. */
    void kill() throws IOException, InterruptedException {
        String pids = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(one -> String.valueOf(one.pid()))
                .collect(Collectors.joining(" "));
        String kill = "kill -STOP " + pids + "; kill -KILL " + pids;
        new ProcessBuilder("/bin/sh", "-c", kill).start().waitFor();
        process.waitFor();
    }

    /** Has it run a hook. */
    void hook(String script) throws IOException {
        send(session.hook(script));
    }

    private void send(byte[] request) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(request);
        input.flush();
    }

    /**
     * Ends its input and its outputs as a connection that goes does, and waits until nobody waits for input any more.
     */
    void cut() throws IOException {
        process.getOutputStream().close();
        lines.close();
        await().until(() -> process.children().count() <= 1);
    }

    /** The next line that matches; {@code null} in words where there is none. */
    String line(String regex) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.matches(regex)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    /** Ends the session's input, and waits until it has ended. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
