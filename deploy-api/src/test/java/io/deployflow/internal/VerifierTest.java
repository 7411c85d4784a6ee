package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Phase;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.RolloutException;
import io.deployflow.Verification;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked may hang: a deploy holds the target's lock meanwhile, so verification must end in its time. */
@Timeout(30)
class VerifierTest {
    private static final Duration WITHIN = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private record Pushed(String id, String revision, Instant createdAt, String createdBy, State state)
            implements Release {}

    private record NoSource(Revision revision, Path directory) implements SourceTree {}

    private void verify(Verification check) {
        DeployContext context = new DeployContext(
                new Application("shop", directory),
                "production",
                Phase.VERIFY,
                "me@here",
                new NoSource(Revision.commit("0123456789abcdef"), directory),
                directory,
                event -> {},
                CancellationToken.create(),
                Clock.systemUTC(),
                executor);
        new Verifier(check, context)
                .verify(new Pushed("2", "0123456789abcdef", Instant.EPOCH, "me", Release.State.LIVE));
    }

    @Test
    void verify_whenTheCommandNeverEnds_failsInTime() {
        Verification check =
                new Verification(Optional.empty(), Optional.empty(), Optional.of("sleep 600; true"), WITHIN);

        assertThatThrownBy(() -> verify(check))
                .isInstanceOf(RolloutException.class)
                .hasMessageEndingWith("did not pass within 1 s: it did not end");
    }

    @Test
    void verify_whenTheAnswersBodyNeverEnds_failsInTime() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            executor.execute(() -> answerHalf(server));
            URI url = URI.create("http://localhost:" + server.getLocalPort() + "/health");
            Verification check = new Verification(Optional.of(url), Optional.empty(), Optional.empty(), WITHIN);

            assertThatThrownBy(() -> verify(check))
                    .isInstanceOf(RolloutException.class)
                    .hasMessageEndingWith("no whole answer within 1 s");
        }
    }

    private static void answerHalf(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
