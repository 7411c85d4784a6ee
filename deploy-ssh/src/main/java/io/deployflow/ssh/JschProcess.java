package io.deployflow.ssh;

import com.jcraft.jsch.ChannelExec;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalInt;

/** A command on an exec channel. */
record JschProcess(ChannelExec channel, OutputStream input, CuttableSocket socket) implements RemoteProcess {
    private static final int SIGNALLED = 128;
    private static final Map<String, Integer> SIGNALS = Map.of(
            "HUP", 1, "INT", 2, "QUIT", 3, "ILL", 4, "ABRT", 6, "FPE", 8, "KILL", 9, "SEGV", 11, "PIPE", 13, "TERM",
            15);

    @Override
    public OptionalInt status() {
        String signal = channel.getExitSignal();
        if (signal != null) {
            return OptionalInt.of(SIGNALLED + SIGNALS.getOrDefault(signal, 0));
        }
        int status = channel.getExitStatus();
        return status < 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    @Override
    public void close() {
        socket.close(channel::disconnect);
    }
}
