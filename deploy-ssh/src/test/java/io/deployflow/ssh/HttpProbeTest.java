package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpProbeTest {
    private static final HealthUrl URL = HealthUrl.of(URI.create("http://localhost:3000/health"));

    @Test
    void ask_whenTheServerAnswers_givesStatusAndBody() throws IOException {
        try (ServerSocket server = serving(out -> out.write(bytes("HTTP/1.1 503 Busy\r\nA: b\r\n\r\nlater")))) {
            HttpProbe.Answer answer = HttpProbe.ask(URL, server.getLocalPort(), Duration.ofSeconds(30));

            assertThat(answer).isEqualTo(new HttpProbe.Answer(503, "later"));
            assertThat(answer.isOk()).isFalse();
        }
    }

    @Test
    void ask_whenTheAnswerDripsAndNeverEnds_endsAllTheSame() throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = serving(out -> {
            while (!ended.await(20, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        })) {
            assertThatThrownBy(() -> HttpProbe.ask(URL, server.getLocalPort(), Duration.ofMillis(200)))
                    .isInstanceOf(IOException.class);
        } finally {
            ended.countDown();
        }
    }

    @Test
    void ask_whenWhatAnswersIsNoHttp_saysSo() throws IOException {
        try (ServerSocket server = serving(out -> out.write(bytes("SSH-2.0-OpenSSH_9.2\r\n")))) {
            assertThatThrownBy(() -> HttpProbe.ask(URL, server.getLocalPort(), Duration.ofSeconds(30)))
                    .hasMessage("what answers does not speak HTTP");
        }
    }

    private interface Writer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /** One answer, whatever is asked. */
    private static ServerSocket serving(Writer writer) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> answer(server, writer));
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void answer(ServerSocket server, Writer writer) {
        try (Socket socket = server.accept()) {
            byte[] request = new byte[1024];
            assertThat(socket.getInputStream().read(request)).isPositive();
            writer.write(socket.getOutputStream());
        } catch (IOException | InterruptedException e) {
            // The one who asked has gone: what it made of the answer is what counts.
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
