package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.ssh.SshHosts;
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
import org.junit.jupiter.api.io.TempDir;

/** How much OpenSSH is sent that nobody there takes. */
class JschWindowIT extends RealHosts {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What a pipe holds beside what OpenSSH does. */
    private static final long PIPE = 128 << 10;

    private static final long MUCH = 8 << 20;
    private static final Duration FAR = Duration.ofMillis(300);

    @Test
    void write_toAHostThatTakesNothing_standsStillAtTheFirstWindow() throws Exception {
        try (HostConnection connection = connector(sandbox.knownHosts())
                .connect(endpoint(sandbox.sshHosts().get(0).address()))) {
            assertThat(takenBy("sleep 60", connection)).isBetween(JschWindow.FIRST, JschWindow.FIRST + PIPE);
        }
    }

    @Test
    void write_toAHostThatIsFarAway_comesToGoFurtherAhead(@TempDir Path folder) throws Exception {
        SshHosts hosts = new SshHosts(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts());
        try (Networks networks = Networks.before(hosts, folder)) {
            networks.of(0).roundTrip(FAR);
            try (HostConnection connection = connector(networks.hosts().knownHosts())
                    .connect(endpoint(networks.hosts().hosts().get(0).address()))) {
                assertThat(takenBy("head -c " + MUCH + " >/dev/null; sleep 60", connection))
                        .isGreaterThanOrEqualTo(MUCH + 4 * JschWindow.FIRST);
            }
        }
    }

    private JschConnector connector(Path knownHosts) {
        Passphrases nobody = new Passphrases(Optional.empty(), file -> Optional.empty());
        return new JschConnector(
                Optional.of(knownHosts),
                new JschIdentities(Optional.of(sandbox.identity()), nobody, Map.of()),
                Optional.of(TIMEOUT));
    }

    private static Endpoint endpoint(String address) {
        return Endpoint.of(HostAddress.parse(address), SshOptions.NONE, Path.of("/nonexistent"), "nobody");
    }

    /** How many bytes of endless ones go out before nothing does any more. */
    private static long takenBy(String command, HostConnection connection) throws IOException {
        try (RemoteProcess process =
                connection.start(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())) {
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> writeOn(process.input(), written));
            writer.setDaemon(true);
            writer.start();
            long before = -1;
            while (written.get() == 0 || written.get() != before) {
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
