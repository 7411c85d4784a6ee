package io.deployflow.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A script as this machine's {@code sh} ran it.
 *
 * @param status exit status
 * @param output the lines of its standard output
 * @param error the lines of its standard error
 */
record ScriptRun(int status, List<String> output, List<String> error) {

    /** Runs a script with a text as its standard input. */
    static ScriptRun of(String script, String input) throws IOException {
        List<String> output = new ArrayList<>();
        List<String> error = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        RemoteProcess process = new LocalHost()
                .start(script, new LineStream(output::add, () -> {}), new LineStream(error::add, ended::countDown));
        try (OutputStream to = process.input()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A script need not read what it is given.
        }
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new ScriptRun(process.status().orElseThrow(), output, error);
    }
}
