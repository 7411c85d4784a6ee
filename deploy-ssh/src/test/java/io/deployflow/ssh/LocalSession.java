package io.deployflow.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A session's program, run by this machine's {@code sh}, that has been given one script; its two outputs as one. */
final class LocalSession implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private LocalSession(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the program, and the script. */
    static LocalSession of(Path root, String script) throws IOException {
        SessionScript session = SessionScript.of(root.toString());
        Process process = new ProcessBuilder("/bin/sh", "-c", SessionScript.COMMAND)
                .redirectErrorStream(true)
                .start();
        OutputStream input = process.getOutputStream();
        input.write(session.opening());
        input.write(session.step(script, 0));
        input.flush();
        return new LocalSession(process);
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
