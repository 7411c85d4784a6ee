package io.deployflow.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final int SHORT_MILLIS = 150;

    private ServerSocket echo;
    private Thread server;
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server = new Thread(this::serve);
        server.setDaemon(true);
        server.start();
        relay = Relay.to("127.0.0.1", echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        echo.close();
    }

    @Test
    void relay_whenMuchIsSent_givesEveryByteInOrderAndCountsIt() throws Exception {
        byte[] sent = new byte[10_000_000];
        new Random(7).nextBytes(sent);
        try (Socket client = connect()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, sent));

            assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
            writing.join();
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(relay.bytesToServer()).isEqualTo(sent.length);
        assertThat(relay.bytesToClients()).isEqualTo(sent.length);
        assertThat(relay.connections()).isEqualTo(1);
    }

    @Test
    void roundTrip_whenSet_isTheLeastThatAnAnswerTakes() throws Exception {
        relay.roundTrip(Duration.ofMillis(80));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            assertThat(ask(client, "a")).isEqualTo("a");
            assertThat(millisSince(start)).isGreaterThanOrEqualTo(160); // The server's end is open after three halves.

            long again = System.nanoTime();
            assertThat(ask(client, "b")).isEqualTo("b");
            assertThat(millisSince(again)).isGreaterThanOrEqualTo(80);
        }
    }

    @Test
    void limit_whenSet_isTheMostThatPasses() throws Exception {
        relay.limit(1_000_000);
        try (Socket client = connect()) {
            long start = System.nanoTime();
            write(client, new byte[100_000]);
            client.getInputStream().readNBytes(100_000);

            assertThat(millisSince(start)).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void drop_whenItNamesAConnection_closesThatAloneWithoutAByte() throws Exception {
        relay.drop(number -> number == 1);

        try (Socket first = connect();
                Socket second = connect()) {
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            assertThat(ask(second, "b")).isEqualTo("b");
        }
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void stall_untilResumed_holdsBytesBackAndLosesNone() throws Exception {
        try (Socket client = connect()) {
            assertThat(ask(client, "a")).isEqualTo("a");
            relay.stall();
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> ask(client, "b")).isInstanceOf(SocketTimeoutException.class);

            relay.resume();
            client.setSoTimeout(10_000);
            assertThat(ask(client, "c")).isEqualTo("b");
            assertThat(client.getInputStream().read()).isEqualTo('c');
        }
    }

    @Test
    void stall_whenAClientConnectsMeanwhile_letsItWait() throws Exception {
        relay.stall();
        try (Socket client = connect()) {
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> ask(client, "a")).isInstanceOf(SocketTimeoutException.class);

            relay.resume();
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void cut_whenConnectionsAreOpen_resetsThemAndLetsNewOnesIn() throws Exception {
        try (Socket client = connect()) {
            assertThat(ask(client, "a")).isEqualTo("a");
            relay.cut();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket next = connect()) {
            assertThat(ask(next, "b")).isEqualTo("b");
        }
    }

    @Test
    void refuse_untilAccepted_refusesNewOnesAndKeepsOpenOnes() throws Exception {
        try (Socket before = connect()) {
            assertThat(ask(before, "a")).isEqualTo("a");
            relay.refuse();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class));
            assertThat(ask(before, "b")).isEqualTo("b");
        }
        relay.accept();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            try (Socket after = connect()) {
                return ask(after, "c").equals("c");
            } catch (ConnectException notYet) {
                return false;
            }
        });
    }

    @Test
    void whenSent_onceSoManyBytesPassed_acts() throws Exception {
        relay.whenSent(3, relay::cut);
        try (Socket client = connect()) {
            assertThat(ask(client, "a")).isEqualTo("a");
            assertThat(ask(client, "b")).isEqualTo("b");

            assertThatThrownBy(() -> {
                        ask(client, "c");
                        client.getInputStream().read();
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void relay_whenTheServerIsGone_resetsTheClient() throws Exception {
        echo.close();
        // An accept that waits in the kernel may still take one connection after close() has returned.
        server.join();
        try (Socket client = connect()) {
            assertThatThrownBy(() -> ask(client, "a")).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void close_whenClientsAreThere_resetsThem() throws Exception {
        try (Socket client = connect()) {
            assertThat(ask(client, "a")).isEqualTo("a");
            relay.close();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String ask(Socket client, String letter) throws IOException {
        client.getOutputStream().write(letter.getBytes(StandardCharsets.US_ASCII));
        int answer = client.getInputStream().read();
        return answer < 0 ? "" : String.valueOf((char) answer);
    }

    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread thread = new Thread(() -> answer(socket));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream()) {
            in.transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The client has gone.
        }
    }
}
