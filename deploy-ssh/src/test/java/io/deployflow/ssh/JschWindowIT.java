package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much OpenSSH is sent that nobody there takes. */
@Timeout(120)
class JschWindowIT extends RealHosts {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What a pipe holds beside what OpenSSH does. */
    private static final long PIPE = 128 << 10;

    private static final long MUCH = 8 << 20;

    /** Looks without a byte more, a second each: a busy machine lets some wait for one. */
    private static final int STILL = 3;

    @Test
    void write_toAHostThatTakesNothing_standsStillAtTheFirstWindow() throws Exception {
        try (HostConnection connection = connector().connect(endpoint())) {
            assertThat(takenBy("sleep 60", connection, 1)).isBetween(JschWindow.FIRST, JschWindow.FIRST + PIPE);
        }
    }

    @Test
    void write_toAHostThatHasTakenMuch_goesFurtherAheadThanAtFirst() throws Exception {
        try (HostConnection connection = connector().connect(endpoint())) {
            assertThat(takenBy("head -c " + MUCH + " >/dev/null; sleep 60", connection, MUCH))
                    .isGreaterThanOrEqualTo(MUCH + 2 * JschWindow.FIRST);
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

    /** How many bytes of endless ones go out, at least so many, before nothing does any more. */
    private static long takenBy(String command, HostConnection connection, long least) throws IOException {
        try (RemoteProcess process =
                connection.start(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())) {
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> writeOn(process.input(), written));
            writer.setDaemon(true);
            writer.start();
            long before = -1;
            for (int still = 0; still < STILL; still = before >= least && written.get() == before ? still + 1 : 0) {
                before = written.get();
                pause(1000);
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
