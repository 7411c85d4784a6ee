package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With which credentials, and for which region, AWS is asked. */
class AwsClientsTest {
    private static final String ROLE = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>\
            <AccessKeyId>OFTHEROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
            <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>""";
    private static final String DENIED = """
            <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not yours</Message></Error>\
            </ErrorResponse>""";

    private final List<String> signed = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private boolean isDenied;

    AwsClientsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        System.setProperty("aws.accessKeyId", "OWN");
        System.setProperty("aws.secretAccessKey", "own");
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        System.setProperty("aws.accessKeyId", "test");
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        bodies.add(body);
        signed.add(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean isSts = body.contains("Action=AssumeRole");
        byte[] answer = (isSts ? isDenied ? DENIED : ROLE : "{\"clusters\":[]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isSts && isDenied ? 403 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void ask(String... keys) {
        EcsSettings settings = SettingsText.of(Stream.concat(
                        Stream.of("endpoint: http://127.0.0.1:"
                                + server.getAddress().getPort()),
                        Stream.of(keys))
                .toArray(String[]::new));
        try (AwsClients clients = new AwsClients(settings, List.of())) {
            new EcsGateway(clients, settings).cluster();
        }
    }

    @Test
    void call_withARole_takesItFirstAndAsksWithIt() {
        ask("assume_role: { arn: 'arn:aws:iam::123456789012:role/deploy', external_id: team-7 }");

        assertThat(bodies.get(0))
                .contains("Action=AssumeRole", "role%2Fdeploy", "ExternalId=team-7", "RoleSessionName=deployflow");
        assertThat(signed).hasSize(2);
        assertThat(signed.get(0)).contains("Credential=OWN/");
        assertThat(signed.get(1)).contains("Credential=OFTHEROLE/");
    }

    @Test
    void call_withARoleThatIsRefused_namesTheCallThatWasRefused() {
        isDenied = true;

        assertThatThrownBy(() -> ask("assume_role: arn:aws:iam::123456789012:role/deploy"))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("sts:AssumeRole failed: AccessDenied: not yours");
    }

    @Test
    void calls_ofTwoTargetsInTwoRegions_areSignedForTheirOwn() {
        ask("region: eu-west-1");
        ask("region: ap-northeast-1");

        assertThat(signed.get(0)).contains("/eu-west-1/ecs/");
        assertThat(signed.get(1)).contains("/ap-northeast-1/ecs/");
    }
}
