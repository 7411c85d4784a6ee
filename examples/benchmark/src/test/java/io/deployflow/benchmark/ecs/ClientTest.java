package io.deployflow.benchmark.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientTest {

    @Test
    void count_whenAnAnswerIsNo2xx_countsItAsFailedAndKeepsTheFirstReason() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        HttpServer server = serve(500, asked);
        Client client = Client.start(address(server));

        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        client.close();
        server.stop(0);

        assertThat(client.count().failed()).isEqualTo(client.count().requests()).isGreaterThanOrEqualTo(3);
        assertThat(client.count().firstFailure()).contains("500");
    }

    @Test
    void count_whenEveryAnswerIsGood_hasNoFailure() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        HttpServer server = serve(200, asked);
        Client client = Client.start(address(server));

        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        client.close();
        server.stop(0);

        assertThat(client.count().failed()).isZero();
        assertThat(client.count().requests()).isGreaterThanOrEqualTo(3);
    }

    private static HttpServer serve(int status, CountDownLatch asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            asked.countDown();
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
