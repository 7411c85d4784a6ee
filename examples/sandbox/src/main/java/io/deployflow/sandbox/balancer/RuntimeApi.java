package io.deployflow.sandbox.balancer;

import io.deployflow.sandbox.docker.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * HAProxy's runtime API.
 *
 * @param port where it listens on 127.0.0.1
 */
record RuntimeApi(int port) {
    private static final int TIMEOUT_MILLIS = 5000;

    /**
     * Sends commands that answer nothing when they succeed.
     *
     * @throws SandboxException when HAProxy cannot be reached or complains
     */
    void change(List<String> commands) {
        for (String command : commands) {
            String answer = ask(command);
            if (!answer.isBlank() && !answer.startsWith("IP changed") && !answer.startsWith("no need to change")) {
                throw new SandboxException("HAProxy refused `" + command + "`: " + answer);
            }
        }
    }

    /** Sends one command and gives the whole answer. */
    String ask(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new SandboxException("HAProxy's runtime API at 127.0.0.1:" + port + " does not answer", e);
        }
    }
}
