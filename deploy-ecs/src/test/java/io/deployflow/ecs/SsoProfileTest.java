package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who has signed in with {@code aws sso login}: the SDK takes the token from its cache to the portal, and the
 * credentials that it gets for it to ECS. In a process of its own, as the SDK reads its home and the portal's address
 * from the environment.
 */
class SsoProfileTest {
    private static final String CREDENTIALS = """
            {"roleCredentials":{"accessKeyId":"OFTHEPORTAL","secretAccessKey":"s","sessionToken":"t","expiration":%d}}""".formatted(32_503_680_000_000L);

    /** The path and the header that matters of what was asked. */
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    private final HttpServer server;

    @TempDir
    private Path home;

    SsoProfileTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        server.createContext("/", this::answer);
        server.start();
        Path aws = Files.createDirectories(home.resolve(".aws/sso/cache"));
        Files.writeString(aws.resolve(sha1("corp") + ".json"), """
                {"startUrl":"https://corp.example.com/start","region":"eu-west-1","accessToken":"signed-in",
                 "expiresAt":"2999-01-01T00:00:00Z"}""");
        Files.writeString(home.resolve(".aws/config"), """
                [profile signed-in]
                sso_session = corp
                sso_account_id = 111111111111
                sso_role_name = Deploy
                [sso-session corp]
                sso_start_url = https://corp.example.com/start
                sso_region = eu-west-1
                """);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean portal = exchange.getRequestURI().getPath().equals("/federation/credentials");
        asked.put(
                exchange.getRequestURI().toString(),
                String.valueOf(
                        exchange.getRequestHeaders().getFirst(portal ? "x-amz-sso_bearer_token" : "Authorization")));
        byte[] answer = (portal ? CREDENTIALS : "{\"clusters\":[]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** What the other process does. */
    static final class Call {
        private Call() {}

        /**
         * Asks ECS for a cluster.
         *
         * @param endpoint one argument: where ECS is
         */
        public static void main(String[] endpoint) {
            EcsSettings settings = SettingsText.of("endpoint: " + endpoint[0], "profile: signed-in");
            try (AwsClients clients = new AwsClients(settings, List.of())) {
                System.out.println(new EcsGateway(clients, settings).cluster());
            }
        }
    }

    @Test
    void call_ofSomebodyWhoHasSignedIn_isMadeWithWhatThePortalGives() throws IOException, InterruptedException {
        String url =
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()).toString();
        ProcessBuilder other = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Call.class.getName(),
                url);
        other.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        other.environment().put("HOME", home.toString());
        other.environment().put("AWS_ENDPOINT_URL_SSO", url);
        Process process = other.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(asked.get("/federation/credentials?role_name=Deploy&account_id=111111111111"))
                .as("asked: %s", asked)
                .isEqualTo("signed-in");
        assertThat(asked.get("/")).contains("Credential=OFTHEPORTAL/");
    }
}
