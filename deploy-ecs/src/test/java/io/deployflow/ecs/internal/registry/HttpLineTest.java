package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what the test says, byte by byte. */
class HttpLineTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server = listen();
    private final HttpLines lines = new HttpLines();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        lines.close();
        server.close();
        threads.shutdownNow();
    }

    @Test
    void answer_inChunks_isReadToItsEnd_andTheLineServesTheNextRequest() throws IOException {
        answerOnOneConnection(
                HEAD + "Transfer-Encoding: chunked\r\n\r\n3;name=value\r\none\r\n4\r\n two\r\n0\r\nX-Sum: 7\r\n\r\n",
                HEAD + "Content-Length: 5\r\n\r\nthree");

        assertThat(body(get())).isEqualTo("one two");
        assertThat(body(get())).isEqualTo("three");
    }

    @Test
    void answer_inAChunkOfNoLength_isToldAsSuch() throws IOException {
        answerOnOneConnection(HEAD + "Transfer-Encoding: chunked\r\n\r\n-5\r\nwrong\r\n");

        assertThatThrownBy(() -> body(get())).hasMessage("the answer has a chunk of length '-5'");
    }

    @Test
    void answer_withoutALength_isAllThatComes() throws IOException {
        answerOnOneConnection(HEAD + "\r\nto the end");

        assertThat(body(get())).isEqualTo("to the end");
    }

    @Test
    void answer_thatWasAnnounced_isTheOneBehind() throws IOException {
        answerOnOneConnection("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        assertThat(get().status()).isEqualTo(404);
    }

    @Test
    void answer_thatBreaksOff_isNoAnswer() throws IOException {
        answerOnOneConnection(HEAD + "Content-Length: 10\r\n\r\nhalf");
        HttpAnswer<InputStream> answer = get();

        assertThatThrownBy(() -> body(answer)).isInstanceOf(IOException.class).hasMessageContaining("broke off");
    }

    @Test
    void answer_thatIsNoHttp_isNoAnswer() {
        answerOnOneConnection("SSH-2.0-OpenSSH_9.2\r\n");

        assertThatThrownBy(this::get).isInstanceOf(IOException.class).hasMessageContaining("no HTTP");
    }

    @Test
    void answer_beforeAllIsSent_isTaken() throws IOException {
        answerOnOneConnection("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        byte[] body = new byte[20_000_000];
        RegistryRequest request =
                RegistryRequest.of("PUT", url(), List.of()).sending(() -> new ByteArrayInputStream(body), body.length);

        assertThat(lines.to(url()).exchange(request, Map.of()).status()).isEqualTo(413);
    }

    @Test
    void body_thatIsShorterThanItWas_breaksOffAtOnce() {
        RegistryRequest request = RegistryRequest.of("PUT", url(), List.of())
                .sending(() -> new ByteArrayInputStream(new byte[10]), 100_000);

        assertThatThrownBy(() -> lines.to(url()).exchange(request, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99990 bytes")
                .hasMessageNotContaining("answer");
    }

    @Test
    void header_thatWouldBeTwo_isNotSent() {
        Map<String, String> headers = Map.of("Authorization", "Bearer x\r\nX-Other: y");

        assertThatThrownBy(() -> lines.to(url()).exchange(RegistryRequest.of("GET", url(), List.of()), headers))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a header");
    }

    @Test
    void request_thatNobodyAnswers_endsWhenItIsCancelled() throws Exception {
        CancellationToken cancellation = CancellationToken.create();
        RegistryHttp http = new RegistryHttp(host -> Optional.empty(), cancellation, Pause.real());
        RegistryRepository repository =
                RegistryRepository.pulling(http, new RepositoryName(url().getAuthority(), "app"));
        Future<Boolean> asking = threads.submit(() -> repository.hasBlob(Digests.of("blob")));
        try (Socket asked = server.accept()) {
            assertThat(asked.getInputStream().read()).isEqualTo('H');

            cancellation.cancel();

            assertThatThrownBy(asking::get).hasCauseInstanceOf(DeployCancelledException.class);
        }
    }

    @Test
    void proxy_isToldTheWholeUrl_andRefusesATunnelByItsOwnWords() throws IOException {
        Proxy proxy =
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort()));
        URI plain = URI.create("http://registry.example/v2/?n=1");
        assertThat(new HttpRoute(false, "registry.example", 80, proxy).target(plain))
                .isEqualTo(plain.toString());
        assertThat(new HttpRoute(true, "registry.example", 443, proxy).target(plain))
                .isEqualTo("/v2/?n=1");

        answerOnOneConnection("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        HttpRoute secure = new HttpRoute(true, "registry.example", 443, proxy);
        try (Socket socket = secure.socket()) {
            assertThatThrownBy(() -> secure.connect(socket))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("407 Proxy Authentication Required");
        }
    }

    private HttpAnswer<InputStream> get() throws IOException {
        return lines.to(url()).exchange(RegistryRequest.of("GET", url(), List.of()), Map.of());
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v2/");
    }

    private static String body(HttpAnswer<InputStream> answer) throws IOException {
        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Each request's head is read, its body is not; the connection is closed behind the last answer. */
    private void answerOnOneConnection(String... answers) {
        List<String> left = new ArrayList<>(List.of(answers));
        threads.execute(() -> {
            try (Socket socket = server.accept()) {
                while (!left.isEmpty()) {
                    HttpLine.skipHeaders(socket.getInputStream());
                    socket.getOutputStream().write(left.remove(0).getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
