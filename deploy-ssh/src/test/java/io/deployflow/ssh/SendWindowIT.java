package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much OpenSSH is sent that nobody there takes. */
class SendWindowIT extends RealHosts {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What an OpenSSH server lets come, and what a pipe holds beside it. */
    private static final long WHOLE = 2 << 20;

    private static final long PIPE = 128 << 10;

    @Test
    void write_toANearHostThatTakesNothing_standsStillAtTheWindowOfNearHosts() throws Exception {
        try (HostConnection connection = connector().connect(endpoint())) {
            assertThat(takenFrom(connection)).isBetween(SendWindow.NEAR, SendWindow.NEAR + PIPE);
        }
    }

    @Test
    void write_toAFarHostThatTakesNothing_goesOnAsFarAsTheServerLetsIt() throws Exception {
        try (HostConnection connection = connector().connect(endpoint(), farAway())) {
            assertThat(takenFrom(connection)).isBetween(WHOLE, WHOLE + PIPE);
        }
    }

    private JschConnector connector() {
        Passphrases nobody = new Passphrases(Optional.empty(), file -> Optional.empty());
        return new JschConnector(
                Optional.of(sandbox.knownHosts()),
                new JschIdentities(Optional.of(sandbox.identity()), nobody, Map.of()),
                Optional.of(TIMEOUT));
    }

    private Endpoint endpoint() {
        HostAddress host = HostAddress.parse(sandbox.sshHosts().get(0).address());
        return Endpoint.of(host, SshOptions.NONE, Path.of("/nonexistent"), "nobody");
    }

    private static HostConnection farAway() {
        return new IdleConnection() {
            @Override
            public Socket dial(String host, int port, Duration timeout) throws IOException {
                Socket socket = Dialer.DIRECT.dial(host, port, timeout);
                pause(50);
                return socket;
            }
        };
    }

    /** How many bytes of endless ones go out before nothing does any more. */
    private static long takenFrom(HostConnection connection) throws IOException {
        try (RemoteProcess process =
                connection.start("sleep 60", OutputStream.nullOutputStream(), OutputStream.nullOutputStream())) {
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> writeOn(process.input(), written));
            writer.setDaemon(true);
            writer.start();
            long before = -1;
            while (written.get() == 0 || written.get() != before) {
                before = written.get();
                pause(500);
            }
            return before;
        }
    }

    private static void writeOn(OutputStream input, AtomicLong written) {
        byte[] block = new byte[1 << 12];
        try {
            while (true) {
                input.write(block);
                input.flush();
                written.addAndGet(block.length);
            }
        } catch (IOException e) {
            // The connection was closed, as it should be.
        }
    }

    private static void pause(long millis) {
        try {
            assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
